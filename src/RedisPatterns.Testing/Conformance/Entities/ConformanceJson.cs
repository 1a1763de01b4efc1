using System.Text.Json.Serialization;

namespace RedisPatterns.Testing;

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals)]
[JsonSerializable(typeof(Customer))]
[JsonSerializable(typeof(Note))]
[JsonSerializable(typeof(Reading))]
[JsonSerializable(typeof(Profile))]
[JsonSerializable(typeof(OldProfile))]
internal sealed partial class ConformanceJson : JsonSerializerContext;
