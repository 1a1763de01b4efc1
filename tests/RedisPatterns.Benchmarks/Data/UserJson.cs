using System.Text.Json.Serialization;

namespace RedisPatterns.Benchmarks.Data;

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(Purchase))]
[JsonSerializable(typeof(User))]
internal sealed partial class UserJson : JsonSerializerContext;
