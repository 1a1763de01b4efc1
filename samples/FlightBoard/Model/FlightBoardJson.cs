using System.Text.Json.Serialization;

namespace FlightBoard.Model;

/// <summary>The JSON of the entities, generated when the program is built: no reflection when it runs.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(Airport))]
[JsonSerializable(typeof(Flight))]
public sealed partial class FlightBoardJson : JsonSerializerContext;
