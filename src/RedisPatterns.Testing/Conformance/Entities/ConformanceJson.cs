using System.Text.Json.Serialization;

namespace RedisPatterns.Testing;

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals)]
[JsonSerializable(typeof(Customer))]
[JsonSerializable(typeof(Account))]
[JsonSerializable(typeof(OddAccount))]
[JsonSerializable(typeof(Note))]
[JsonSerializable(typeof(string))]
[JsonSerializable(typeof(Reading))]
[JsonSerializable(typeof(Profile))]
[JsonSerializable(typeof(OldProfile))]
[JsonSerializable(typeof(Ticket))]
[JsonSerializable(typeof(Sale))]
[JsonSerializable(typeof(Ware))]
[JsonSerializable(typeof(Parcel<string>), TypeInfoPropertyName = "TextParcel")]
[JsonSerializable(typeof(Parcel<Guid>), TypeInfoPropertyName = "GuidParcel")]
[JsonSerializable(typeof(Parcel<int>), TypeInfoPropertyName = "IntParcel")]
[JsonSerializable(typeof(Parcel<long>), TypeInfoPropertyName = "LongParcel")]
[JsonSerializable(typeof(Parcel<Ulid>), TypeInfoPropertyName = "UlidParcel")]
[JsonSerializable(typeof(Parcel<ParcelId>), TypeInfoPropertyName = "StrongParcel")]
internal sealed partial class ConformanceJson : JsonSerializerContext;
