using System.Text;
using RedisPatterns;
using RedisPatterns.Commands;

namespace Telemetry.Engines;

/// <summary>How many bytes sets of series take, with all that belongs to them: samples, periods, catalogue, labels, options.</summary>
/// <param name="keyspace">The keyspace of the sets.</param>
internal sealed class Footprint(Keyspace keyspace)
{
    private const int PerPipeline = 1_000, BytesOfScore = 8;

    // The library's table has no such command, but takes any.
    private static readonly CommandDefinition MemoryUsage = new("MEMORY USAGE", CommandFamily.Other, CommandTraits.NotInBatch);

    /// <summary>What keys and values hold, by their length: the same on every store.</summary>
    /// <returns>The bytes of each set.</returns>
    public async ValueTask<long[]> PayloadAsync(IReadOnlyList<EngineRun> runs, CancellationToken cancellationToken)
    {
        var keys = await KeysAsync(cancellationToken);
        var bytes = new long[runs.Count];
        for (var i = 0; i < bytes.Length; i++)
        {
            foreach (var part in Of(runs[i], keys).Chunk(PerPipeline))
            {
                bytes[i] += await PayloadAsync(part, cancellationToken);
            }
        }

        return bytes;
    }

    /// <summary>What the server says that it needs for keys and values: <c>MEMORY USAGE</c>.</summary>
    /// <returns>The bytes of each set; null when the store does not know.</returns>
    public async ValueTask<long[]?> MemoryAsync(IReadOnlyList<EngineRun> runs, CancellationToken cancellationToken)
    {
        try
        {
            var keys = await KeysAsync(cancellationToken);
            var bytes = new long[runs.Count];
            for (var i = 0; i < bytes.Length; i++)
            {
                foreach (var part in Of(runs[i], keys).Chunk(PerPipeline))
                {
                    bytes[i] += (await SendAsync(part, Usage, cancellationToken)).Sum(usage => usage ?? 0);
                }
            }

            return bytes;
        }
        catch (StoreException exception) when (exception is UnsupportedCommandException or ServerErrorException or UnexpectedReplyException)
        {
            return null;
        }
    }

    private async ValueTask<long> PayloadAsync(StoreKey[] keys, CancellationToken cancellationToken)
    {
        var types = await SendAsync(keys, Keys.Type, cancellationToken);
        var bytes = keys.Sum(key => (long)Encoding.UTF8.GetByteCount(key.ToString()));
        foreach (var type in keys.Zip(types).GroupBy(pair => pair.Second, pair => pair.First))
        {
            StoreKey[] some = [.. type];
            bytes += type.Key switch
            {
                DataType.String => (await SendAsync(some, Strings.Length, cancellationToken)).Sum(),
                DataType.Hash => (await SendAsync(some, Hashes.GetAll, cancellationToken)).SelectMany(fields => fields).Sum(field => Length(field.Field) + Length(field.Value)),
                DataType.Set => (await SendAsync(some, Sets.Members, cancellationToken)).SelectMany(members => members).Sum(Length),
                DataType.SortedSet => (await SendAsync(some, key => SortedSets.Range(key, RankRange.All), cancellationToken)).SelectMany(members => members).Sum(member => Length(member) + BytesOfScore),
                _ => throw new InvalidOperationException($"A set of series has no key of the type {type.Key}."),
            };
        }

        return bytes;
    }

    private async ValueTask<T[]> SendAsync<T>(StoreKey[] keys, Func<StoreKey, StoreCommand<T>> command, CancellationToken cancellationToken)
    {
        var pipeline = new StorePipeline();
        var replies = Array.ConvertAll(keys, key => pipeline.Add(command(key)));
        await keyspace.Store.SendAsync(pipeline, cancellationToken);
        return Array.ConvertAll(replies, reply => reply.Value);
    }

    private async ValueTask<HashSet<StoreKey>> KeysAsync(CancellationToken cancellationToken)
    {
        var keys = new HashSet<StoreKey>();
        await foreach (var key in keyspace.Store.ScanKeysAsync(keyspace.Tag + ":*", 1_000, cancellationToken))
        {
            keys.Add(key);
        }

        return keys;
    }

    // The name of a set, which no other name here holds, is part of each of its keys.
    private static IEnumerable<StoreKey> Of(EngineRun run, IEnumerable<StoreKey> keys) => keys.Where(key => key.ToString().Contains(run.Set.Name, StringComparison.Ordinal));

    private static StoreCommand<long?> Usage(StoreKey key) => new(MemoryUsage, Replies.NullableInt64, [StoreValue.FromKey(key), "SAMPLES", 0]);

    private static long Length(StoreValue value) => value.AsMemory().Length;
}
