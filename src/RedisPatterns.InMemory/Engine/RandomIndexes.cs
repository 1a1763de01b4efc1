namespace RedisPatterns.InMemory;

/// <summary>Random picks, as SRANDMEMBER, HRANDFIELD and ZRANDMEMBER make them.</summary>
internal static class RandomIndexes
{
    /// <summary>Picks indexes.</summary>
    /// <param name="random">What they are drawn from.</param>
    /// <param name="total">How many there are.</param>
    /// <param name="count">How many different ones; when negative, how many that may repeat.</param>
    public static IEnumerable<int> Pick(Random random, int total, long count)
    {
        if (count < 0)
        {
            for (var i = count; i < 0; i++)
            {
                yield return random.Next(total);
            }

            yield break;
        }

        // Floyd's sampling: as many draws as picks. A whole walk when all are wanted.
        var wanted = (int)Math.Min(count, total);
        var picked = new HashSet<int>();
        for (var limit = total - wanted; limit < total; limit++)
        {
            var index = wanted == total ? limit : random.Next(limit + 1);
            index = picked.Add(index) ? index : limit;
            picked.Add(index);
            yield return index;
        }
    }
}
