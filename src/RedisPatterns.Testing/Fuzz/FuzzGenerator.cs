namespace RedisPatterns.Testing;

/// <summary>Makes sequences out of seeds.</summary>
internal static class FuzzGenerator
{
    // So many that the script goes through them in more than one block, and the caller fetches more than once.
    private const int Many = 2_600;
    private const int OneInMany = 40;

    /// <summary>The layouts: four seeds one behind another have one each.</summary>
    public static IReadOnlyList<EntityLayout> Layouts { get; } = [ConformanceLayouts.Document, EntityLayout.Hash, EntityLayout.Attributes, ConformanceLayouts.Chunked];

    /// <summary>Makes a sequence.</summary>
    /// <param name="seed">The seed: its remainder by 4 is the layout, that by 8 whether wares expire.</param>
    /// <param name="length">The number of steps.</param>
    /// <param name="hasClock">Whether the store's clock can be moved.</param>
    public static FuzzSequence Create(long seed, int length, bool hasClock)
    {
        var expires = seed / 4 % 2 == 0;
        var sizes = new WareDice(~seed, 1, hasClock);
        var size = length >= Many / 10 && sizes.Next(OneInMany) == 0 ? Many : sizes.Pick([5, 12, 12, 25, 25, 130, 160, 300]);
        var dice = new WareDice(seed, size, hasClock);
        var writes = new WriteDrawing(dice, expires);
        var (written, queries, pages, reads) = (new WriteSteps(dice, writes, expires), new QuerySteps(dice), new PageSteps(dice, writes, size), new ReadSteps(dice, hasClock));
        var steps = new FuzzStep[length];
        for (var i = 0; i < length; i++)
        {
            steps[i] = i == 0 && dice.Chance(90) ? written.Fill(size) : dice.Next(100) switch
            {
                < 32 => written.Single(),
                < 40 => written.Many(),
                < 48 => written.Change(),
                < 80 => queries.Draw(),
                < 83 => pages.Draw(),
                < 96 => reads.Draw(),
                < 99 => reads.PassOrSweep(),

                // It reads everything, which takes as long as hundreds of other calls.
                _ => dice.Chance(4) ? ReadSteps.Verify() : reads.Draw(),
            };
        }

        return new(seed, Layouts[(int)(seed % Layouts.Count)], expires, steps);
    }
}
