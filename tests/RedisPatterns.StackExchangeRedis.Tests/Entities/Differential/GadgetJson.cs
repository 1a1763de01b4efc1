using System.Text.Json.Serialization;

namespace RedisPatterns.StackExchangeRedis.Tests;

[JsonSerializable(typeof(Gadget))]
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
internal sealed partial class GadgetJson : JsonSerializerContext;
