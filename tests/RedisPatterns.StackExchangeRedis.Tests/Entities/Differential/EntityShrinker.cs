using System.Globalization;

namespace RedisPatterns.StackExchangeRedis.Tests;

/// <summary>Cuts a sequence that shows a difference down to a short one.</summary>
internal sealed class EntityShrinker(EntityComparison comparison)
{
    private const int MostTries = 400;

    private int _tries;

    public async Task<string> DescribeAsync(EntitySequence sequence, (int Steps, string What) found)
    {
        var shown = $"not when it is run again; it is shown whole, as far as step {found.Steps}";
        if (await comparison.RunAsync(sequence, afterEach: true) is { } again)
        {
            (sequence, found) = await ShrinkAsync(sequence with { Steps = [.. sequence.Steps.Take(again.Steps)] }, again);
            shown = $"cut down to {sequence.Steps.Count} steps";
        }

        return string.Create(CultureInfo.InvariantCulture, $"{found.What}\nThe stores differ, {shown}:\n{sequence}");
    }

    private async Task<(EntitySequence Sequence, (int Steps, string What) Found)> ShrinkAsync(EntitySequence best, (int Steps, string What) found)
    {
        for (var size = Math.Max(best.Steps.Count / 2, 1); size >= 1; size /= 2)
        {
            for (var start = best.Steps.Count - size; start >= 0 && _tries < MostTries; start -= size)
            {
                EntityStep[] fewer = [.. best.Steps.Take(start), .. best.Steps.Skip(start + size)];
                _tries++;
                if (await comparison.RunAsync(best with { Steps = fewer }, afterEach: true) is { } again)
                {
                    (best, found) = (best with { Steps = [.. fewer.Take(again.Steps)] }, again);
                    start = Math.Min(start, best.Steps.Count);
                }
            }
        }

        return (best, found);
    }
}
