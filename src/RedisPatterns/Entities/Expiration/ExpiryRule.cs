using System.Globalization;
using RedisPatterns.Commands;

namespace RedisPatterns;

/// <summary>A model's rule of expiry, and what a write says of it to the scripts.</summary>
/// <remarks>
/// What a script is told: <c>K</c> keep what there is, <c>N</c> no end, <c>A</c> and milliseconds from the server's now,
/// <c>I</c> and milliseconds the same if the entity is new and else keep, <c>T</c> and a moment in milliseconds since 1970.
/// </remarks>
internal sealed class ExpiryRule<T>
    where T : class
{
    private readonly ExpiryKind _kind;
    private readonly TimeSpan _span;
    private readonly Func<T, DateTimeOffset?>? _moment;

    private ExpiryRule(ExpiryKind kind, TimeSpan span = default, Func<T, DateTimeOffset?>? moment = null) => (_kind, _span, _moment) = (kind, span, moment);

    /// <summary>How far a read puts the end off; null when it does not.</summary>
    public TimeSpan? Window => _kind == ExpiryKind.Sliding ? _span : null;

    /// <summary>Whether the end follows from the entity, so that a patch can change it.</summary>
    public bool DependsOnEntity => _kind == ExpiryKind.At;

    public static ExpiryRule<T> PerCall() => new(ExpiryKind.PerCall);

    public static ExpiryRule<T> After(TimeSpan lifetime)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(lifetime, TimeSpan.FromMilliseconds(1));
        return new(ExpiryKind.After, lifetime);
    }

    public static ExpiryRule<T> Sliding(TimeSpan window)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(window, TimeSpan.FromMilliseconds(1));
        return new(ExpiryKind.Sliding, window);
    }

    public static ExpiryRule<T> At(Func<T, DateTimeOffset?> moment) => new(ExpiryKind.At, default, moment);

    /// <summary>What a write without an expiry of its own does.</summary>
    public string DefaultOf(WriteKind kind, T? entity) => (_kind, kind) switch
    {
        (ExpiryKind.At, not (WriteKind.Delete or WriteKind.Rewrite)) when entity is not null => Of(_moment!(entity)),
        (ExpiryKind.After, WriteKind.Insert) => "A" + Milliseconds(_span),
        (ExpiryKind.After, WriteKind.Upsert) => "I" + Milliseconds(_span),
        (ExpiryKind.Sliding, not WriteKind.Rewrite) => "S" + Milliseconds(_span),
        (_, WriteKind.Insert) => "N",
        _ => "K",
    };

    // A moment before 1970 is as long past as any other; a server would take 0 for none.
    private static string Of(DateTimeOffset? moment) =>
        moment is { } end ? "T" + Math.Max(1, end.ToUnixTimeMilliseconds()).ToString(CultureInfo.InvariantCulture) : "N";

    private static string Milliseconds(TimeSpan span) => (span.Ticks / TimeSpan.TicksPerMillisecond).ToString(CultureInfo.InvariantCulture);
}
