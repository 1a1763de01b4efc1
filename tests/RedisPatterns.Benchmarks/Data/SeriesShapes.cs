namespace RedisPatterns.Benchmarks.Data;

/// <summary>What the values of time series are like.</summary>
internal static class SeriesShapes
{
    public const string Walk = "two-decimal random walk";

    private const double First = 100;

    /// <summary>By name, how a value is made of the one before it.</summary>
    public static IReadOnlyDictionary<string, Func<Random, double, double>> All { get; } = new Dictionary<string, Func<Random, double, double>>
    {
        ["slow integer gauge"] = static (dice, last) => dice.Next(10) == 0 ? last + dice.Next(-1, 2) : last,
        ["random doubles"] = static (dice, _) => dice.NextDouble(),
        [Walk] = static (dice, last) => Math.Round(last + (dice.Next(-50, 51) / 100.0), 2),
    };

    /// <summary>The values of a series, always the same for a seed.</summary>
    public static double[] Make(Func<Random, double, double> next, int seed, int count)
    {
        var (dice, values) = (new Random(seed), new double[count]);
        for (var (i, last) = (0, First); i < count; i++)
        {
            values[i] = last = next(dice, last);
        }

        return values;
    }
}
