using System.Globalization;
using RedisPatterns.InMemory;
using RedisPatterns.StackExchangeRedis;
using RedisPatterns.TestServers;

namespace RedisPatterns.Testing.Tests.Faults;

/// <summary>
/// More than every second call of writers of series fails, before it is sent or after it took effect. Every sample is written once:
/// sums are exact, nothing of one's own is refused, the latest stays. <c>REDISPATTERNS_FAULTS</c> sets the number of faults for each
/// duplicate policy; 10,000 unless set.
/// </summary>
public sealed class SeriesStormTests(ITestOutputHelper output)
{
    private const int Faults = 10_000;
    private const int Producers = 4;
    private const int Moments = 500;

    [Theory]
    [InlineData(DuplicatePolicy.Sum)]
    [InlineData(DuplicatePolicy.Block)]
    [InlineData(DuplicatePolicy.Last)]
    public async Task Every_sample_is_written_once_in_memory(DuplicatePolicy policy)
    {
        await using var store = new InMemoryKeyValueStore();
        await StormAsync(store, policy);
    }

    [Theory]
    [InlineData(DuplicatePolicy.Sum)]
    [InlineData(DuplicatePolicy.Block)]
    [InlineData(DuplicatePolicy.Last)]
    public async Task Every_sample_is_written_once_on_Redis(DuplicatePolicy policy)
    {
        Assert.SkipUnless(TestServer.IsRedisInstalled, "redis-server is not installed");
        await using var server = await TestServer.StartRedisAsync(cancellationToken: TestContext.Current.CancellationToken);
        await using var store = await RedisKeyValueStore.ConnectAsync(server.ConnectionString, cancellationToken: TestContext.Current.CancellationToken);
        await StormAsync(store, policy);
    }

    private static long FaultCount() =>
        Environment.GetEnvironmentVariable("REDISPATTERNS_FAULTS") is { Length: > 0 } text ? long.Parse(text, CultureInfo.InvariantCulture) : Faults;

    private async Task StormAsync(IKeyValueStore store, DuplicatePolicy policy)
    {
        var faults = FaultCount();
        var options = new TimeSeriesOptions { Engine = policy == DuplicatePolicy.Last ? SeriesEngine.HashBuckets : SeriesEngine.Chunks, Period = TimeSpan.FromMinutes(1), Duplicates = policy };
        await using var chaos = new ChaosStore(
            store,
            new ChaosOptions
            {
                Seed = 7,
                Rules = [new ChaosRule { Fault = ChaosFault.AfterEffect, Probability = 0.4 }, new ChaosRule { Fault = ChaosFault.BeforeSend, Probability = 0.2 }],
            },
            ownsInner: false);
        long Struck() => chaos.FailedAfterEffect + chaos.FailedBeforeSend;
        var writer = chaos.Keyspace("storm").TimeSeries("s", options).CreateWriter(new SeriesWriterOptions
        {
            Capacity = 400,
            BatchSize = 40,
            BatchDelay = TimeSpan.FromMilliseconds(1),
            Retry = new RetryOptions { MaximumAttempts = 1_000, ShortestPause = TimeSpan.Zero },
        });
        var counts = await Task.WhenAll(Enumerable.Range(0, Producers).Select(producer => Task.Run(() => ProduceAsync(writer, policy, producer, () => Struck() < faults))));
        await writer.DisposeAsync();

        output.WriteLine(
            $"{policy}: {chaos.FailedAfterEffect} calls without an answer, {chaos.FailedBeforeSend} not sent, {writer.Retries} retries, {writer.Written} samples written, {writer.Refused} refused");
        Assert.True(Struck() >= faults);
        Assert.Equal((counts.Sum(count => count.Accepted), counts.Sum(count => count.Refused), 0), (writer.Written + writer.Refused, writer.Refused, writer.Buffered));
        var series = store.Keyspace("storm").TimeSeries("s", options);
        for (var producer = 0; producer < Producers; producer++)
        {
            var samples = await series.RangeAsync($"p{producer}", TimeRange.All, cancellationToken: TestContext.Current.CancellationToken);
            var expected = counts[producer].Expected;
            Assert.Equal(expected.Keys, samples.Select(sample => sample.Timestamp));
            Assert.Equal(expected.Values, samples.Select(sample => sample.Value));
        }
    }

    private static async Task<(SortedDictionary<long, double> Expected, long Accepted, long Refused)> ProduceAsync(
        SeriesWriter writer, DuplicatePolicy policy, int producer, Func<bool> goesOn)
    {
        var (dice, expected, accepted, refused) = (new Random(producer), new SortedDictionary<long, double>(), 0L, 0L);
        while (goesOn())
        {
            // What is blocked takes a moment of its own, but for one in ten; the others come again and again to the same.
            var time = policy == DuplicatePolicy.Block ? dice.Next(10) == 0 && accepted > 0 ? dice.NextInt64(accepted) * 50 : accepted * 50 : dice.Next(Moments) * 50L;
            double value = dice.Next(1, 100);
            await writer.WriteAsync($"p{producer}", new(time, value), TestContext.Current.CancellationToken);
            accepted++;
            if (policy == DuplicatePolicy.Block && !expected.TryAdd(time, value))
            {
                refused++;
            }
            else if (policy != DuplicatePolicy.Block)
            {
                expected[time] = policy == DuplicatePolicy.Sum ? expected.GetValueOrDefault(time) + value : value;
            }
        }

        return (expected, accepted, refused);
    }
}
