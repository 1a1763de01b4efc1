using System.Text.Json.Serialization;

namespace RedisPatterns;

/// <summary>How the catalogue of series is written.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(SeriesEntry))]
internal sealed partial class SeriesJson : JsonSerializerContext;
