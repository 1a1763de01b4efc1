namespace RedisPatterns.Testing;

/// <summary>Cuts a sequence down to a short one that still shows a difference (delta debugging).</summary>
internal sealed class Shrinker(SequenceComparison comparison)
{
    private const int MostTries = 3000;
    private Difference _best = null!;
    private int _tries;

    /// <summary>A short sequence with a difference, and whether the difference came again at all.</summary>
    public async Task<(Difference Difference, bool IsRepeatable)> ShrinkAsync(Difference found)
    {
        _best = found;
        if (!await TryAsync(found.Sequence.Steps).ConfigureAwait(false))
        {
            return (found, false);
        }

        await RemoveTailAsync().ConfigureAwait(false);
        bool smaller;
        do
        {
            smaller = await RemoveChunksAsync().ConfigureAwait(false) | await SimplifyStepsAsync().ConfigureAwait(false);
        }
        while (smaller && _tries < MostTries);
        return (_best, true);
    }

    private async Task<bool> TryAsync(IReadOnlyList<Step> steps)
    {
        _tries++;
        var (difference, _) = await comparison.RunAsync(_best.Sequence with { Steps = steps }).ConfigureAwait(false);
        _best = difference ?? _best;
        return difference is not null;
    }

    private async Task RemoveTailAsync()
    {
        if (_best.Step >= 0)
        {
            await TryAsync([.. _best.Sequence.Steps.Take(_best.Step + 1)]).ConfigureAwait(false);
        }
    }

    private async Task<bool> RemoveChunksAsync()
    {
        var removed = false;
        for (var size = Math.Max(_best.Sequence.Steps.Count / 2, 1); size >= 1; size /= 2)
        {
            for (var start = _best.Sequence.Steps.Count - size; start >= 0 && _tries < MostTries; start -= size)
            {
                var steps = _best.Sequence.Steps;
                removed |= await TryAsync([.. steps.Take(start), .. steps.Skip(start + size)]).ConfigureAwait(false);
                start = Math.Min(start, _best.Sequence.Steps.Count);
            }
        }

        return removed;
    }

    private async Task<bool> SimplifyStepsAsync()
    {
        var simplified = false;
        for (var i = 0; i < _best.Sequence.Steps.Count; i++)
        {
            var steps = _best.Sequence.Steps;
            foreach (var smaller in steps[i].Smaller())
            {
                if (_tries < MostTries && await TryAsync([.. steps.Take(i), smaller, .. steps.Skip(i + 1)]).ConfigureAwait(false))
                {
                    simplified = true;
                    break;
                }
            }
        }

        return simplified;
    }
}
