using System.Globalization;

namespace RedisPatterns;

/// <summary>How far the rules on a series are. As text <c>1732838400000;3f2a…</c>, drawn by the first change, and anew by each step of theirs.</summary>
/// <param name="Text">The text as it is in the store; null before the first change.</param>
/// <param name="Cut">Before which moment samples were dropped, so that what begins there can not be made anew; 0 for none.</param>
internal readonly record struct SeriesTurn(StoreValue Text, long Cut)
{
    /// <summary>Reads one.</summary>
    /// <exception cref="CorruptSeriesException">It is none.</exception>
    public static SeriesTurn Read(StoreValue text)
    {
        if (text.IsNull)
        {
            return default;
        }

        var parts = text.AsText()?.Split(';') ?? [];
        return parts is [var cut, _] && long.TryParse(cut, NumberStyles.None, CultureInfo.InvariantCulture, out var moment)
            ? new(text, moment)
            : throw new CorruptSeriesException("What is noted of the rules on a time series is not what was written.");
    }

    /// <summary>The text of the next one.</summary>
    /// <param name="cut">Before which moment samples were dropped.</param>
    public static StoreValue Next(long cut) => string.Create(CultureInfo.InvariantCulture, $"{cut};{Random.Shared.NextInt64():x}");

    /// <summary>Holds while it is still this one.</summary>
    public BatchCondition Stands(StoreKey key) => Text.IsNull ? BatchCondition.Absent(key) : BatchCondition.StringEquals(key, Text);
}
