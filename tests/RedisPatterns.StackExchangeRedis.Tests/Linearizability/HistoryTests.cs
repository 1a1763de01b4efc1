using RedisPatterns.InMemory;
using RedisPatterns.Testing;

namespace RedisPatterns.StackExchangeRedis.Tests.Linearizability;

/// <summary>
/// What clients do at the same time, with and without faults, is as if it were done one after the other, answers included.
/// Each test runs 200 histories; all of them 2,000 on each store.
/// </summary>
public sealed class HistoryTests(RedisFixture fixture, ITestOutputHelper output)
{
    private const int Histories = 200;

    public static TheoryData<bool, bool> Ways => new() { { false, false }, { false, true }, { true, false }, { true, true } };

    [Theory]
    [MemberData(nameof(Ways))]
    public Task Versioned_updates_are_linearizable(bool onRedis, bool withFaults) => CheckAsync(new VersionScenario(), onRedis, withFaults);

    [Theory]
    [MemberData(nameof(Ways))]
    public Task Unique_claims_are_linearizable(bool onRedis, bool withFaults) => CheckAsync(new ClaimScenario(), onRedis, withFaults);

    [Theory]
    [MemberData(nameof(Ways))]
    public Task Counters_are_linearizable(bool onRedis, bool withFaults) => CheckAsync(new CounterScenario(), onRedis, withFaults);

    [Theory]
    [MemberData(nameof(Ways))]
    public Task Increments_that_are_repeated_until_answered_count_once(bool onRedis, bool withFaults) =>
        CheckAsync(new OnceCounterScenario(), onRedis, withFaults, isAlwaysAnswered: true);

    [Theory]
    [MemberData(nameof(Ways))]
    public Task Conditional_batches_are_linearizable(bool onRedis, bool withFaults) => CheckAsync(new CompareAndSetScenario(), onRedis, withFaults);

    [Theory]
    [MemberData(nameof(Ways))]
    public Task Transfers_by_optimistic_transactions_are_linearizable(bool onRedis, bool withFaults) => CheckAsync(new TransferScenario(), onRedis, withFaults);

    // A lock whose taking got no answer is given back, which is a step of its own: faults are for KilledHolderTests.
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public Task Locks_and_what_is_written_under_them_are_linearizable(bool onRedis) => CheckAsync(new LockScenario(), onRedis, withFaults: false);

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public Task Locks_for_readers_and_writers_are_linearizable(bool onRedis) => CheckAsync(new ReadWriteLockScenario(), onRedis, withFaults: false);

    [Fact]
    public async Task A_lost_update_would_be_found()
    {
        await using var store = new InMemoryKeyValueStore();
        await Assert.ThrowsAnyAsync<Xunit.Sdk.XunitException>(() => HistoryRun.RunAsync(new CarelessCounterScenario(), [store], Histories, "careless"));
    }

    private async Task CheckAsync<TState>(Scenario<TState> scenario, bool onRedis, bool withFaults, bool isAlwaysAnswered = false)
    {
        await using var stores = await ClientStores.OpenAsync(onRedis ? fixture : null, withFaults);

        var (calls, overlaps, unanswered) = await HistoryRun.RunAsync(scenario, stores.Items, Histories, RedisFixture.NewTag().Trim('{', '}'));

        output.WriteLine($"{Histories} histories of {scenario.GetType().Name}: {calls} calls, {overlaps} overlapping, {unanswered} without an answer");
        Assert.True(overlaps > calls / 10, $"Only {overlaps} of {calls} calls overlapped.");
        Assert.Equal(withFaults && !isAlwaysAnswered, unanswered > 0);
    }
}
