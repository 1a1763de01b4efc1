using System.Collections.Concurrent;
using System.Globalization;
using RedisPatterns.StackExchangeRedis;
using RedisPatterns.TestServers;

namespace RedisPatterns.Testing.Tests.Faults;

/// <summary>A cluster of three masters whose slots are moved while entities in partitions are written and queried.</summary>
public sealed class ReshardTests(ITestOutputHelper output)
{
    private const int Partitions = 6;
    private const int Writers = 4;
    private const int WaresOfAWriter = 60;
    private const int Values = 20;
    private const int Moves = 24;
    private const int WritesBefore = 300;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private int _written;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Slots_move_under_load_and_nothing_is_lost()
    {
        Assert.SkipUnless(TestServer.IsRedisInstalled, "redis-server is not installed");
        await using var cluster = await TestServer.StartRedisClusterAsync(cancellationToken: Cancellation);
        await using var store = await RedisKeyValueStore.ConnectAsync(cluster.ConnectionString, cancellationToken: Cancellation);
        var keyspace = await store.OpenPartitionedKeyspaceAsync("moved", new PartitionedKeyspaceOptions { Partitions = Partitions }, Cancellation);
        var wares = keyspace.Repository<Ware, WareModel>(new WareModel(EntityLayout.Document()));
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        var errors = new ConcurrentDictionary<string, int>();
        var writers = Enumerable.Range(0, Writers).Select(number => Task.Run(() => WriteAsync(wares, number, errors, stop.Token), Cancellation)).ToArray();
        var queries = Task.Run(() => QueryAsync(wares, errors, stop.Token), Cancellation);
        await Poll.UntilAsync(() => Task.FromResult(Volatile.Read(ref _written) >= WritesBefore), Patience, "some writes", Cancellation);
        var moved = 0;
        for (var move = 0; move < Moves; move++)
        {
            var slot = HashSlot.Of(keyspace.Partitions[move % Partitions].Tag + ":");
            var target = (await ClusterSlots.OwnerAsync(cluster, slot, Cancellation) + 1) % cluster.Endpoints.Count;
            moved += await ClusterSlots.MoveAsync(cluster, slot, target, Cancellation);
        }

        await stop.CancelAsync();
        var expected = (await Task.WhenAll(writers)).SelectMany(written => written).ToDictionary(ware => ware.Id);
        var asked = await queries;
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{moved} keys moved in {Moves} moves, {expected.Values.Sum(ware => ware.Version)} versions of {expected.Count} wares, {asked} queries"));
        foreach (var (error, count) in errors)
        {
            output.WriteLine($"{count} x {error}");
        }

        var report = await wares.VerifyAsync(Cancellation);
        Assert.Empty(report.Differences);
        Assert.Equal(expected.Count, report.Entities);
        var read = await wares.GetManyAsync(expected.Keys, Cancellation);
        Assert.All(read, ware => Assert.Equal(expected[ware!.Id], ware));
        Assert.Empty(errors);
        Assert.True(moved > Moves * Partitions);
    }

    private async Task<IEnumerable<Ware>> WriteAsync(Repository<Ware, WareModel> wares, int number, ConcurrentDictionary<string, int> errors, CancellationToken stop)
    {
        var random = new Random(number);
        var written = new Dictionary<string, Ware>();
        for (var i = 0; !stop.IsCancellationRequested; i++)
        {
            var id = $"w{number}-{random.Next(WaresOfAWriter)}";
            var ware = Ware.Random(id, random) with { Code = random.Next(3) == 0 ? $"v{random.Next(Values)}" : $"own-{id}-{i}" };
            try
            {
                written[id] = await (written.TryGetValue(id, out var before)
                    ? wares.UpdateAsync(ware with { Version = before.Version }, Cancellation)
                    : wares.InsertAsync(ware, Cancellation));
                Interlocked.Increment(ref _written);
            }
            catch (DuplicateValueException)
            {
                // Another has the value.
            }
            catch (StoreException error)
            {
                errors.AddOrUpdate($"write: {error.GetType().Name}: {error.Message} {error.InnerException?.Message}", 1, (_, count) => count + 1);
            }
        }

        return written.Values;
    }

    private static async Task<int> QueryAsync(Repository<Ware, WareModel> wares, ConcurrentDictionary<string, int> errors, CancellationToken stop)
    {
        var asked = 0;
        for (; !stop.IsCancellationRequested; asked++)
        {
            try
            {
                var found = await wares.Query(m => m.ByStatus.Is("active")).OrderBy(m => m.ByMade).Take(20).ToListAsync(Cancellation);
                Assert.Equal(found.OrderBy(ware => ware.Made).Select(ware => ware.Id), found.Select(ware => ware.Id));
            }
            catch (StoreException error)
            {
                errors.AddOrUpdate($"query: {error.GetType().Name}: {error.Message} {error.InnerException?.Message}", 1, (_, count) => count + 1);
            }
        }

        return asked;
    }
}
