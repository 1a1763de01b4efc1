using System.Runtime.CompilerServices;

namespace RedisPatterns.InMemory;

/// <summary>A store in the memory of the process: commands, conditions, expiry and errors as on a Redis 7.0 server.</summary>
/// <remarks>
/// Thread-safe; every call is done when it returns. Nothing runs in the background: what has expired is never seen, and its
/// memory is freed by later writes. Hash fields can expire as in Redis 7.4. Scripts run as their C# twins. Values are
/// referred to, not copied: do not change an array after it was given to a command.
/// </remarks>
public sealed class InMemoryKeyValueStore : IKeyValueStore
{
    private const int SweepPerWrite = 16;

    private readonly Lock _lock = new();
    private readonly TimeProvider _timeProvider;
    private readonly Database _database = new();
    private readonly ChannelHub _channels = new();
    private readonly CommandContext _context;
    private bool _disposed;

    /// <summary>An empty store.</summary>
    /// <param name="timeProvider">The clock that expiry follows; the system's when null.</param>
    public InMemoryKeyValueStore(TimeProvider? timeProvider = null)
    {
        _timeProvider = timeProvider ?? TimeProvider.System;
        _context = new CommandContext(_database, _channels, Random.Shared);
    }

    /// <inheritdoc/>
    public StoreCapabilities Capabilities { get; } = new(
        "memory",
        new Version(7, 0),
        StoreFeatures.Scripts | StoreFeatures.Streams | StoreFeatures.HashFieldExpiry | StoreFeatures.UndeclaredScriptKeys | StoreFeatures.PubSub);

    /// <inheritdoc/>
    public ValueTask<TReply> SendAsync<TReply>(StoreCommand<TReply> command, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(command);
        cancellationToken.ThrowIfCancellationRequested();
        try
        {
            StoreReply reply;
            lock (_lock)
            {
                Begin(command.Definition.IsWrite);
                reply = Execute(command);
            }

            return new(command.Reader(reply));
        }
        catch (StoreException exception)
        {
            return ValueTask.FromException<TReply>(exception);
        }
    }

    /// <inheritdoc/>
    public ValueTask SendAsync(StorePipeline pipeline, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(pipeline);
        cancellationToken.ThrowIfCancellationRequested();
        foreach (var pending in pipeline.Replies)
        {
            StoreReply reply;
            lock (_lock)
            {
                Begin(pending.Command.Definition.IsWrite);
                try
                {
                    reply = Execute(pending.Command);
                }
                catch (StoreException exception)
                {
                    reply = StoreReply.FromError(exception);
                }
            }

            pending.Complete(reply);
        }

        return ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    public ValueTask<CommitResult> CommitAsync(AtomicBatch batch, CancellationToken cancellationToken = default) => throw new NotSupportedException();

    /// <inheritdoc/>
    public ValueTask<TReply> EvaluateAsync<TReply>(ScriptCall<TReply> call, CancellationToken cancellationToken = default) => throw new NotSupportedException();

    /// <inheritdoc/>
    public async IAsyncEnumerable<StoreKey> ScanKeysAsync(
        string pattern = "*",
        int pageSize = 250,
        [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        await ValueTask.CompletedTask.ConfigureAwait(false);
        yield break;
    }

    /// <inheritdoc/>
    public ValueTask<StoreSubscription> SubscribeAsync(StoreChannel channel, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return new(_channels.Subscribe(channel));
    }

    /// <summary>Forgets all data and ends all subscriptions. Calls made afterwards fail with <see cref="ObjectDisposedException"/>.</summary>
    public ValueTask DisposeAsync()
    {
        lock (_lock)
        {
            _disposed = true;
            _database.Clear();
        }

        return _channels.CloseAsync();
    }

    private void Begin(bool isWrite)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        _database.Now = _timeProvider.GetUtcNow().ToUnixTimeMilliseconds();
        if (isWrite)
        {
            _database.Sweep(SweepPerWrite);
        }
    }

    private StoreReply Execute(StoreCommand command)
    {
        var name = command.Definition.Name;
        _context.CommandName = name;
        return HandlerTable.All.TryGetValue(name, out var handler)
            ? handler(_context, command)
            : throw new UnsupportedCommandException($"{name}: the in-memory store does not know the command.");
    }
}
