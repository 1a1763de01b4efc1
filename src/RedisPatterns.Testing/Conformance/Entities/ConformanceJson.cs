using System.Text.Json.Serialization;

namespace RedisPatterns.Testing;

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(Customer))]
[JsonSerializable(typeof(Note))]
internal sealed partial class ConformanceJson : JsonSerializerContext;
