using RedisPatterns.Commands;

namespace RedisPatterns.Testing;

/// <summary>What every store promises about HyperLogLogs.</summary>
public sealed class HyperLogLogConformance : ConformanceSuite
{
    /// <inheritdoc/>
    public override IReadOnlyList<SendMode> Modes => EveryMode;

    /// <inheritdoc/>
    public override IReadOnlyList<ConformanceTest> Tests { get; } =
    [
        new(Different_elements_are_counted),
        new(Nothing_may_be_added),
        new(Estimates_are_within_three_percent),
        new(Several_count_as_their_union),
        new(Merging_keeps_what_the_destination_held),
        new(What_is_no_hyperloglog_is_refused),
    ];

    private static async Task Different_elements_are_counted(ConformanceContext c)
    {
        await c.Expect(HyperLogLogs.Count(c.Key("h"))).AnswersAsync(0);
        await c.Expect(HyperLogLogs.Add(c.Key("h"), "a", "b", "c", "a")).AnswersAsync(true);
        await c.Expect(HyperLogLogs.Add(c.Key("h"), "b")).AnswersAsync(false);
        await c.Expect(HyperLogLogs.Count(c.Key("h"))).AnswersAsync(3);
        await c.Expect(Keys.Type(c.Key("h"))).AnswersAsync(DataType.String);
    }

    private static async Task Nothing_may_be_added(ConformanceContext c)
    {
        await c.Expect(HyperLogLogs.Add(c.Key("h"))).AnswersAsync(true);
        await c.Expect(HyperLogLogs.Add(c.Key("h"))).AnswersAsync(false);
        await c.Expect(HyperLogLogs.Count(c.Key("h"))).AnswersAsync(0);
        await c.Expect(Keys.Exists(c.Key("h"))).AnswersAsync(true);
    }

    private static async Task Estimates_are_within_three_percent(ConformanceContext c)
    {
        foreach (var part in Enumerable.Range(0, 20_000).Chunk(5_000))
        {
            await c.GivenAsync(HyperLogLogs.Add(c.Key("h"), [.. part.Select(i => (StoreValue)$"element {i}")]));
        }

        await c.Expect(HyperLogLogs.Count(c.Key("h"))).AnswersAsync(count => count is > 19_400 and < 20_600, "20,000 within 3 %");
    }

    private static async Task Several_count_as_their_union(ConformanceContext c)
    {
        await c.GivenAsync(HyperLogLogs.Add(c.Key("a"), "1", "2"), HyperLogLogs.Add(c.Key("b"), "2", "3"));
        await c.Expect(HyperLogLogs.Count(c.Key("a"), c.Key("b"), c.Key("none"))).AnswersAsync(3);
    }

    private static async Task Merging_keeps_what_the_destination_held(ConformanceContext c)
    {
        await c.GivenAsync(HyperLogLogs.Add(c.Key("a"), "1", "2"), HyperLogLogs.Add(c.Key("b"), "2", "3"), HyperLogLogs.Add(c.Key("d"), "4"));
        await c.Expect(HyperLogLogs.Merge(c.Key("d"), c.Key("a"), c.Key("b"), c.Key("none"))).AnswersAsync(true);
        await c.Expect(HyperLogLogs.Count(c.Key("d"))).AnswersAsync(4);
        await c.Expect(HyperLogLogs.Merge(c.Key("new"), c.Key("a"))).AnswersAsync(true);
        await c.Expect(HyperLogLogs.Count(c.Key("new"))).AnswersAsync(2);
    }

    private static async Task What_is_no_hyperloglog_is_refused(ConformanceContext c)
    {
        await c.GivenAsync(Sets.Add(c.Key("set"), "m"), Strings.Set(c.Key("string"), "v"), HyperLogLogs.Add(c.Key("h"), "a"));
        foreach (var other in (StoreKey[])[c.Key("set"), c.Key("string")])
        {
            await c.Expect(HyperLogLogs.Add(other, "a")).FailsAsync<WrongTypeException>();
            await c.Expect(HyperLogLogs.Count(other)).FailsAsync<WrongTypeException>();
            await c.Expect(HyperLogLogs.Merge(c.Key("h"), other)).FailsAsync<WrongTypeException>();
        }

        await c.Expect(HyperLogLogs.Count(c.Key("h"))).AnswersAsync(1);
    }
}
