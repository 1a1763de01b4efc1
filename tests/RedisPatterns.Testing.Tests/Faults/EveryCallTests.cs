using RedisPatterns.Testing.Tests.Conformance;

namespace RedisPatterns.Testing.Tests.Faults;

/// <summary>A process that dies at any call to the store of what takes many: the conformance suites try each seventh.</summary>
public sealed class EveryCallTests(Servers servers)
{
    private const int Parts = 4;

    public static MatrixTheoryData<bool, int> Cases => new([false, true], Enumerable.Range(1, Parts));

    [Theory]
    [MemberData(nameof(Cases))]
    public Task A_crash_of_a_build_does_no_harm(bool redis, int first) => RunAsync(redis, c => LifecycleConformance.CrashAsync(c, first, Parts));

    [Theory]
    [MemberData(nameof(Cases))]
    public Task A_crash_of_a_repair_does_no_harm(bool redis, int first) => RunAsync(redis, c => RepairConformance.CrashAsync(c, first, Parts));

    [Theory]
    [MemberData(nameof(Cases))]
    public Task A_crash_of_keeping_series_in_chunks_does_no_harm(bool redis, int first) => RunAsync(redis, c => new ChunkSeriesConformance().CrashAsync(c, first, Parts));

    [Theory]
    [MemberData(nameof(Cases))]
    public Task A_crash_of_keeping_series_in_hashes_does_no_harm(bool redis, int first) => RunAsync(redis, c => new HashBucketSeriesConformance().CrashAsync(c, first, Parts));

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public Task A_crash_of_a_write_in_partitions_does_no_harm(bool redis) => RunAsync(redis, async c =>
    {
        await c.SpreadAsync(ConformanceLayouts.Partitions);
        await PartitionConformance.CrashAsync(c, 1, 1);
    });

    private async Task RunAsync(bool redis, Func<ConformanceContext, Task> test)
    {
        var subject = new ConformanceTest(test, StoreFeatures.Scripts);
        var outcome = await subject.RunAsync(redis ? new Backend<RedisResp3Backend>(servers) : new Backend<InMemoryBackend>(servers), SendMode.Single, TestContext.Current.CancellationToken);
        Assert.False(outcome.IsSkipped, outcome.SkipReason);
    }

    private sealed class Backend<TBackend>(Servers servers) : IStoreFixture
        where TBackend : IBackend
    {
        public string Name => TBackend.Name;

        public ValueTask<StoreLease> RentAsync(CancellationToken cancellationToken = default) => TBackend.RentAsync(servers);
    }
}
