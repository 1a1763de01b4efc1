using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace RedisPatterns.Commands;

/// <summary>The id of a stream entry: a number of milliseconds, mostly since 1970, and a sequence number within it.</summary>
/// <param name="Milliseconds">The milliseconds.</param>
/// <param name="Sequence">The sequence number.</param>
/// <remarks>Ids are ordered; <c>default</c> is <see cref="Zero"/>, which comes before every entry and is the id of none.</remarks>
public readonly record struct StreamId(ulong Milliseconds, ulong Sequence) : IComparable<StreamId>
{
    /// <summary><c>0-0</c>: before every entry.</summary>
    public static StreamId Zero => default;

    /// <summary>The greatest id there can be.</summary>
    public static StreamId MaxValue => new(ulong.MaxValue, ulong.MaxValue);

    /// <summary>Whether one id comes before the other.</summary>
    /// <param name="left">One.</param>
    /// <param name="right">The other.</param>
    public static bool operator <(StreamId left, StreamId right) => left.CompareTo(right) < 0;

    /// <summary>Whether one id comes after the other.</summary>
    /// <param name="left">One.</param>
    /// <param name="right">The other.</param>
    public static bool operator >(StreamId left, StreamId right) => left.CompareTo(right) > 0;

    /// <summary>Whether one id comes before the other or is the same.</summary>
    /// <param name="left">One.</param>
    /// <param name="right">The other.</param>
    public static bool operator <=(StreamId left, StreamId right) => left.CompareTo(right) <= 0;

    /// <summary>Whether one id comes after the other or is the same.</summary>
    /// <param name="left">One.</param>
    /// <param name="right">The other.</param>
    public static bool operator >=(StreamId left, StreamId right) => left.CompareTo(right) >= 0;

    /// <summary>Reads an id such as <c>1526919030474-55</c>; without a sequence number, that is 0.</summary>
    /// <param name="text">The text.</param>
    /// <exception cref="FormatException">It is none.</exception>
    public static StreamId Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return TryParse(text, out var id) ? id : throw new FormatException("The text is not the id of a stream entry.");
    }

    /// <summary>Reads an id such as <c>1526919030474-55</c>; without a sequence number, that is 0.</summary>
    /// <param name="text">The text.</param>
    /// <param name="id">The id.</param>
    /// <returns>Whether it is one.</returns>
    public static bool TryParse([NotNullWhen(true)] string? text, out StreamId id)
    {
        id = default;
        var dash = text?.IndexOf('-', StringComparison.Ordinal) ?? -1;
        var sequence = 0UL;
        if (text is null || (dash >= 0 && !TryParsePart(text.AsSpan(dash + 1), out sequence))
            || !TryParsePart(dash < 0 ? text : text.AsSpan(0, dash), out var milliseconds))
        {
            return false;
        }

        id = new(milliseconds, sequence);
        return true;
    }

    /// <inheritdoc/>
    public int CompareTo(StreamId other) =>
        Milliseconds != other.Milliseconds ? Milliseconds.CompareTo(other.Milliseconds) : Sequence.CompareTo(other.Sequence);

    /// <summary>The id as Redis writes it: <c>1526919030474-55</c>.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Milliseconds}-{Sequence}");

    private static bool TryParsePart(ReadOnlySpan<char> text, out ulong number) =>
        ulong.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number);
}
