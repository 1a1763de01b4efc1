using System.Text.Json.Serialization;

namespace Storefront.Model;

/// <summary>The JSON of the entities, generated when the program is built: no reflection when it runs.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(OldProfile))]
[JsonSerializable(typeof(Profile))]
[JsonSerializable(typeof(Session))]
[JsonSerializable(typeof(Cart))]
[JsonSerializable(typeof(StockItem))]
[JsonSerializable(typeof(Account))]
[JsonSerializable(typeof(Order))]
public sealed partial class StorefrontJson : JsonSerializerContext;
