using System.Globalization;

namespace RedisPatterns;

/// <summary>What the key of a lock holds: <c>owner;until;token</c>, and <c>;label</c> where there is one.</summary>
/// <param name="Owner">Who holds it; empty when it was given back.</param>
/// <param name="Until">When the lease ends, in milliseconds since 1970 by the server's clock.</param>
/// <param name="Token">The last fencing token.</param>
/// <param name="Label">What others are told of the owner; empty for nothing.</param>
internal readonly record struct LockValue(string Owner, long Until, long Token, string Label)
{
    /// <summary>How long the name of an owner is.</summary>
    public const int OwnerLength = 20;

    /// <summary>What a key holds; nobody's lock where it holds none, or what is no lock.</summary>
    public static LockValue Parse(StoreValue value) =>
        value.AsText()?.Split(';', 4) is [var owner, var until, var token, .. var label]
        && long.TryParse(until, NumberStyles.None, CultureInfo.InvariantCulture, out var moment)
        && long.TryParse(token, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? new(owner, moment, number, label is [var told] ? told : "") : new("", 0, 0, "");

    /// <summary>Whether a key holds a lock of an owner.</summary>
    public static bool IsOf(StoreValue value, string owner) => value.AsText() is { } text && text.StartsWith(owner + ";", StringComparison.Ordinal);

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Owner};{Until};{Token}{(Label.Length > 0 ? ";" : "")}{Label}");
}
