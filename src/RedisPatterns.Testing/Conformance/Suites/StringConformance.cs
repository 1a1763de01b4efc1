using RedisPatterns.Commands;

namespace RedisPatterns.Testing;

/// <summary>What every store promises about strings.</summary>
public sealed class StringConformance : ConformanceSuite
{
    /// <inheritdoc/>
    public override IReadOnlyList<SendMode> Modes => EveryMode;

    /// <inheritdoc/>
    public override IReadOnlyList<ConformanceTest> Tests { get; } =
    [
        new(A_string_is_read_as_it_was_set),
        new(An_absent_string_reads_as_no_value),
    ];

    private static async Task A_string_is_read_as_it_was_set(ConformanceContext c)
    {
        await c.Expect(Strings.Set(c.Key("k"), "v")).AnswersAsync(true);
        await c.Expect(Strings.Get(c.Key("k"))).AnswersAsync("v");
    }

    private static async Task An_absent_string_reads_as_no_value(ConformanceContext c)
    {
        await c.Expect(Strings.Get(c.Key("k"))).AnswersAsync(StoreValue.Null);
        await c.Expect(Strings.GetMany(c.Key("k"), c.Key("l"))).AnswersAsync([StoreValue.Null, StoreValue.Null]);
        await c.Expect(Strings.Increment(c.Key("k"))).AnswersAsync(1);
        await c.Expect(Strings.GetMany(c.Key("k"), c.Key("l"))).AnswersInAnyOrderAsync(1, StoreValue.Null);
    }
}
