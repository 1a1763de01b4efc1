using System.Globalization;

namespace RedisPatterns;

/// <summary>What the key of a lock holds: <c>owner;until;token</c>.</summary>
/// <param name="Owner">Who holds it; empty when it was given back.</param>
/// <param name="Until">When the lease ends, in milliseconds since 1970 by the server's clock.</param>
/// <param name="Token">The last fencing token.</param>
internal readonly record struct LockValue(string Owner, long Until, long Token)
{
    /// <summary>How long the name of an owner is.</summary>
    public const int OwnerLength = 20;

    /// <summary>What a key holds; nobody's lock where it holds none, or what is no lock.</summary>
    public static LockValue Parse(StoreValue value) =>
        value.AsText()?.Split(';') is [var owner, var until, var token]
        && long.TryParse(until, NumberStyles.None, CultureInfo.InvariantCulture, out var moment)
        && long.TryParse(token, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? new(owner, moment, number) : new("", 0, 0);

    /// <summary>Whether a key holds a lock of an owner.</summary>
    public static bool IsOf(StoreValue value, string owner) => value.AsText() is { } text && text.StartsWith(owner + ";", StringComparison.Ordinal);

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Owner};{Until};{Token}");
}
