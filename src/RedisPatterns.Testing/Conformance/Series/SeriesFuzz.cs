namespace RedisPatterns.Testing;

/// <summary>Random operations on a series, each held to the model.</summary>
internal static class SeriesFuzz
{
    private const long Begin = 1_700_000_000_000;
    private static readonly Aggregator[] Aggregators =
        [Aggregator.Average, Aggregator.Sum, Aggregator.Minimum, Aggregator.Maximum, Aggregator.Count, Aggregator.First, Aggregator.Last, Aggregator.Range];

    private static readonly string[] Names = ["a", "b:c"];

    /// <summary>Runs operations, and compares what each says and what is there.</summary>
    /// <param name="series">The series.</param>
    /// <param name="oracle">The model.</param>
    /// <param name="rules">The names of the rules.</param>
    /// <param name="period">The length of a period in milliseconds.</param>
    /// <param name="seed">What is drawn.</param>
    /// <param name="operations">How many.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="ConformanceFailedException">They differ; the message says the seed and the operation.</exception>
    public static async Task RunAsync(KeyspaceTimeSeries series, SeriesOracle oracle, IReadOnlyList<string> rules, long period, int seed, int operations, CancellationToken cancellationToken)
    {
        var dice = new Random(seed);
        for (var i = 0; i < operations; i++)
        {
            var name = Names[dice.Next(Names.Length)];
            var what = $"seed {seed}, operation {i}";
            switch (dice.Next(10))
            {
                case 0:
                    var range = Range(dice);
                    Compare(oracle.Delete(name, range), await series.DeleteAsync(name, range, cancellationToken).ConfigureAwait(false), $"{what}, delete");
                    break;
                case 1:
                    await IncrementAsync(series, oracle, name, dice, what, cancellationToken).ConfigureAwait(false);
                    break;
                case 2 or 3:
                    await AddOneAsync(series, oracle, name, Sample(dice), what, cancellationToken).ConfigureAwait(false);
                    break;
                case 4 when dice.Next(6) == 0:
                    oracle.Remove(name);
                    await series.RemoveAsync(name, cancellationToken).ConfigureAwait(false);
                    break;
                case 5 when dice.Next(2) == 0:
                    var report = await series.ApplyRetentionAsync(cancellationToken: cancellationToken).ConfigureAwait(false);
                    Compare(oracle.Retain(period), report.Samples, $"{what}, retention");
                    break;
                case 5:
                    await series.SealAsync(cancellationToken: cancellationToken).ConfigureAwait(false);
                    break;
                default:
                    var samples = dice.Next(2) == 0 ? Stretch(dice) : [.. Enumerable.Range(0, dice.Next(1, 40)).Select(_ => Sample(dice))];
                    var outcomes = samples.Select(sample => oracle.Add(name, sample)).ToArray();
                    var added = await series.AddAsync(name, samples, cancellationToken).ConfigureAwait(false);
                    Compare(outcomes.Count(outcome => outcome == true), added.Written, $"{what}, written");
                    Compare(outcomes.Count(outcome => outcome == false), added.Ignored, $"{what}, ignored");
                    Compare(Enumerable.Range(0, outcomes.Length).Where(place => outcomes[place] is null).ToArray(), added.Refused, $"{what}, refused");
                    break;
            }

            if (rules.Count > 0 && dice.Next(4) == 0)
            {
                await CompareRulesAsync(series, oracle, rules, name, what, cancellationToken).ConfigureAwait(false);
            }

            var read = Range(dice);
            var options = new SeriesRangeOptions { IsDescending = dice.Next(2) == 0, Limit = dice.Next(2) == 0 ? null : dice.Next(1, 20) };
            Compare(oracle.Range(name, read, options.IsDescending, options.Limit), await series.RangeAsync(name, read, options, cancellationToken).ConfigureAwait(false), $"{what}, range");
            var (aggregator, every) = (Aggregators[dice.Next(Aggregators.Length)], dice.Next(1, 30) * 60_000L);
            var buckets = options with { Aggregation = new(aggregator, TimeSpan.FromMilliseconds(every)), UsesRules = dice.Next(2) == 0 };
            Compare(
                oracle.Buckets(name, read, aggregator, every, options.IsDescending, options.Limit),
                await series.RangeAsync(name, read, buckets, cancellationToken).ConfigureAwait(false),
                $"{what}, {aggregator} by {every}");
        }

        foreach (var name in Names)
        {
            await CompareRulesAsync(series, oracle, rules, name, $"seed {seed}, at the end", cancellationToken).ConfigureAwait(false);
            Compare(oracle[name], await series.RangeAsync(name, TimeRange.All, cancellationToken: cancellationToken).ConfigureAwait(false), $"seed {seed}, at the end");
        }
    }

    private static async Task CompareRulesAsync(KeyspaceTimeSeries series, SeriesOracle oracle, IReadOnlyList<string> rules, string name, string what, CancellationToken cancellationToken)
    {
        foreach (var rule in rules)
        {
            Compare(oracle.Rule(name, rule), await series.Resolution(rule).RangeAsync(name, TimeRange.All, cancellationToken: cancellationToken).ConfigureAwait(false), $"{what}, rule {rule}");
        }
    }

    private static async Task AddOneAsync(KeyspaceTimeSeries series, SeriesOracle oracle, string name, SeriesSample sample, string what, CancellationToken cancellationToken)
    {
        bool? outcome = null;
        try
        {
            outcome = await series.AddAsync(name, sample, cancellationToken).ConfigureAwait(false);
        }
        catch (DuplicateSampleException)
        {
            // Refused, as the model is to say.
        }

        Compare(oracle.Add(name, sample), outcome, $"{what}, add");
    }

    private static async Task IncrementAsync(KeyspaceTimeSeries series, SeriesOracle oracle, string name, Random dice, string what, CancellationToken cancellationToken)
    {
        var (by, time) = (dice.Next(-5, 6), Begin + (dice.Next(200) * 20_000L));
        double? value = null;
        try
        {
            value = await series.IncrementAsync(name, by, time, cancellationToken).ConfigureAwait(false);
        }
        catch (SampleException)
        {
            // It lies before the latest, as the model is to say.
        }

        Compare(oracle.Increment(name, by, time), value, $"{what}, increment");
    }

    private static SeriesSample Sample(Random dice) => new(Begin + (dice.Next(200) * 20_000L), dice.Next(-50, 50) / 4.0);

    // Samples that follow each other, so that enough of them lie in one period; late as often as not.
    private static SeriesSample[] Stretch(Random dice)
    {
        var (first, count) = (dice.Next(200), dice.Next(1, 60));
        return [.. Enumerable.Range(first, Math.Min(count, 200 - first)).Select(place => new SeriesSample(Begin + (place * 20_000L), dice.Next(-50, 50) / 4.0))];
    }

    private static TimeRange Range(Random dice)
    {
        if (dice.Next(5) == 0)
        {
            return TimeRange.All;
        }

        var from = Begin + (dice.Next(200) * 20_000L) + dice.Next(2);
        return new(from, from + (dice.Next(120) * 20_000L));
    }

    private static void Compare<T>(T expected, T actual, string what) => ValueComparison.ThrowUnlessEqual(expected, actual, what);
}
