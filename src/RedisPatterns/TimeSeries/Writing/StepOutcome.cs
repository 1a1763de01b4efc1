using System.Globalization;

namespace RedisPatterns;

/// <summary>What became of the samples of one step. As text <c>510;1;0.3</c>: how many were written, how many left out, and which were refused.</summary>
/// <param name="Written">How many were written.</param>
/// <param name="Ignored">How many were left out as small changes.</param>
/// <param name="Refused">Which were refused: the place of the series in the step, and that of the sample in its part of the step.</param>
internal sealed record StepOutcome(long Written, long Ignored, IReadOnlyList<(int Write, int Place)> Refused)
{
    /// <summary>How many samples the step had.</summary>
    public long Samples => Written + Ignored + Refused.Count;

    /// <summary>The outcome of a text; null when it is none.</summary>
    public static StepOutcome? Parse(StoreValue text)
    {
        if (text.AsText()?.Split(';') is not [var written, var ignored, var refused] || !TryParse(written, out var taken) || !TryParse(ignored, out var left))
        {
            return null;
        }

        var places = new List<(int, int)>();
        foreach (var place in refused.Split(',', StringSplitOptions.RemoveEmptyEntries))
        {
            if (place.Split('.') is not [var first, var second] || !TryParse(first, out var write) || !TryParse(second, out var sample))
            {
                return null;
            }

            places.Add((write, sample));
        }

        return new(taken, left, places);
    }

    /// <inheritdoc/>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture, $"{Written};{Ignored};{string.Join(',', Refused.Select(place => string.Create(CultureInfo.InvariantCulture, $"{place.Write}.{place.Place}")))}");

    private static bool TryParse(string text, out int number) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number);
}
