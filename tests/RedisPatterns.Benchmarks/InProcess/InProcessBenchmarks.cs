using BenchmarkDotNet.Attributes;
using RedisPatterns.Benchmarks.Data;
using RedisPatterns.Commands;
using RedisPatterns.InMemory;

namespace RedisPatterns.Benchmarks.InProcess;

/// <summary>What costs time in this process, without a server.</summary>
[MemoryDiagnoser]
public class InProcessBenchmarks : IAsyncDisposable
{
    private readonly InMemoryKeyValueStore _store = new();
    private readonly NullKeyValueStore _sink = new();
    private readonly StoreKey _key = "key:000000000001";
    private readonly byte[] _value = new byte[420];
    private readonly User _user = Users.Make(1);
    private Repository<User, UserModel> _repository = null!;
    private Repository<User, UserModel> _unsent = null!;
    private User _stored = null!;

    [GlobalSetup]
    public async Task SetUpAsync()
    {
        await _store.SetAsync(_key, _value);
        _repository = _store.Keyspace("ours").Repository<User, UserModel>(new UserModel());
        _unsent = _sink.Keyspace("ours").Repository<User, UserModel>(new UserModel());
        _stored = await _repository.InsertAsync(_user);
        await _unsent.UpdateAsync(_stored);
    }

    [GlobalCleanup]
    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        await _store.DisposeAsync();
        await _sink.DisposeAsync();
    }

    [Benchmark]
    public ValueTask<StoreValue> Get() => _store.GetAsync(_key);

    [Benchmark]
    public ValueTask<bool> Set() => _store.SetAsync(_key, _value);

    [Benchmark]
    public ValueTask<CommitResult> BatchOfFive()
    {
        var batch = new AtomicBatch();
        batch.Add(Strings.Set("{b}:string", 1));
        batch.Add(Strings.Increment("{b}:number"));
        batch.Add(Hashes.Set("{b}:hash", "field", 1));
        batch.Add(Sets.Add("{b}:set", "member"));
        batch.Add(Hashes.Increment("{b}:counts", "field"));
        return _store.CommitAsync(batch);
    }

    /// <summary>An update in memory, all of it.</summary>
    [Benchmark]
    public async Task Update() => _stored = await _repository.UpdateAsync(_stored);

    /// <summary>Serializing an entity and making the script call that updates it, without sending it.</summary>
    [Benchmark]
    public async Task ComposeUpdate() => await _unsent.UpdateAsync(_stored);

    /// <summary>A keyspace of a tenant whose name needs escaping.</summary>
    [Benchmark]
    public Keyspace EscapedKeyspace() => new(_store, "shop", "ac{me}:1");
}
