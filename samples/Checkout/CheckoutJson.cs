using System.Text.Json.Serialization;
using Checkout.Bank;
using Checkout.Orders;

namespace Checkout;

/// <summary>The JSON of what is kept as a document, generated when the program is built.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(LedgerEntry))]
[JsonSerializable(typeof(IReadOnlyList<OrderLine>))]
public sealed partial class CheckoutJson : JsonSerializerContext;
