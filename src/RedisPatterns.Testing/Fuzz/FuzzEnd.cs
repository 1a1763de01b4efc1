using RedisPatterns.Commands;

namespace RedisPatterns.Testing;

/// <summary>When an entity is to expire.</summary>
/// <param name="Kind"><c>K</c> as before, <c>N</c> never, <c>A</c> after a span, <c>T</c> at a moment.</param>
/// <param name="Span">The span.</param>
/// <param name="Moment">The moment.</param>
internal sealed record FuzzEnd(char Kind, TimeSpan Span = default, DateTimeOffset Moment = default)
{
    /// <summary>As a call takes it.</summary>
    public Expiry Expiry => Kind switch
    {
        'K' => Expiry.Keep,
        'N' => Expiry.Persist,
        'A' => Expiry.After(Span),
        _ => Expiry.At(Moment),
    };

    /// <summary>The end that comes of it, in milliseconds since 1970; null for none.</summary>
    /// <param name="now">The time.</param>
    /// <param name="stored">The end that there is.</param>
    public long? EndFrom(long now, long? stored) => Kind switch
    {
        'K' => stored,
        'N' => null,
        'A' => now + (long)Span.TotalMilliseconds,
        _ => Moment.ToUnixTimeMilliseconds(),
    };

    public override string ToString() => Kind switch
    {
        'K' => "as before",
        'N' => "never",
        'A' => $"after {Span}",
        _ => $"at {Moment:O}",
    };
}
