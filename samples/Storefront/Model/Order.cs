using RedisPatterns;

namespace Storefront.Model;

/// <summary>What somebody has bought.</summary>
public sealed record Order(Ulid Id, string Customer, IReadOnlyList<CartLine> Lines, long TotalCents);
