namespace RedisPatterns;

/// <summary>Searches moments in order.</summary>
internal static class SortedMoments
{
    /// <summary>The place of the first moment that is not before another; the number of moments when all are.</summary>
    /// <param name="ascending">The moments, at least one.</param>
    /// <param name="moment">The other.</param>
    /// <param name="near">Where it may be: the nearer, the sooner it is found.</param>
    public static int FirstNotBefore(ReadOnlySpan<long> ascending, long moment, int near)
    {
        // The moment at low is before the other, that at high is not.
        var (low, high, step) = (-1, ascending.Length, 1);
        near = Math.Clamp(near, 0, ascending.Length - 1);
        if (ascending[near] < moment)
        {
            for (low = near; low + step < high && ascending[low + step] < moment; step *= 2)
            {
                low += step;
            }

            high = Math.Min(high, low + step);
        }
        else
        {
            for (high = near; high - step > low && ascending[high - step] >= moment; step *= 2)
            {
                high -= step;
            }

            low = Math.Max(low, high - step);
        }

        while (high - low > 1)
        {
            var middle = (low + high) >>> 1;
            (low, high) = ascending[middle] < moment ? (middle, high) : (low, middle);
        }

        return high;
    }
}
