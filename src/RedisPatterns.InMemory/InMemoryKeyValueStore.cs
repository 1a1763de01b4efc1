using System.Collections.Frozen;
using System.Runtime.CompilerServices;
using RedisPatterns.Commands;

namespace RedisPatterns.InMemory;

/// <summary>A store in the memory of the process: commands, conditions, expiry and errors as on a Redis 7.0 server.</summary>
/// <remarks>
/// Thread-safe; every call is done when it returns. Nothing runs in the background: what has expired is never seen, from
/// the very millisecond of its end, and its memory is freed by later writes. Hash fields can expire as in Redis 7.4. Scripts run as their C# twins. Values are
/// referred to, not copied: do not change an array after it was given to a command. Keys are kept in order from the first
/// <see cref="Keys.Range"/> on, which takes time by their number.
/// </remarks>
public sealed class InMemoryKeyValueStore : IKeyValueStore
{
    private const int SweepPerWrite = 16;

    private readonly Lock _lock = new();
    private readonly TimeProvider _timeProvider;
    private readonly Database _database = new();
    private readonly ChannelHub _channels = new();
    private readonly CommandRunner _runner;
    private bool _disposed;

    /// <summary>An empty store.</summary>
    /// <param name="timeProvider">The clock that expiry follows; the system's when null.</param>
    public InMemoryKeyValueStore(TimeProvider? timeProvider = null)
    {
        _timeProvider = timeProvider ?? TimeProvider.System;
        _runner = new CommandRunner(new CommandContext(_database, _channels, Random.Shared));
    }

    /// <inheritdoc/>
    public StoreCapabilities Capabilities { get; } = new(
        "memory",
        new Version(7, 0),
        StoreFeatures.Scripts | StoreFeatures.Streams | StoreFeatures.HashFieldExpiry | StoreFeatures.UndeclaredScriptKeys | StoreFeatures.PubSub
            | StoreFeatures.OrderedKeys)
    {
        MissingCommands = CommandTable.All.Where(row => row.Family == CommandFamily.Functions).Select(row => row.Name).ToFrozenSet(StringComparer.Ordinal),
    };

    /// <summary>The number of keys in memory, expired ones that were not swept yet included.</summary>
    internal int EntryCount
    {
        get
        {
            lock (_lock)
            {
                return _database.Count;
            }
        }
    }

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
                reply = _runner.Execute(command);
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
                    reply = _runner.Execute(pending.Command);
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
    public ValueTask<CommitResult> CommitAsync(AtomicBatch batch, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(batch);
        cancellationToken.ThrowIfCancellationRequested();
        try
        {
            batch.GetKeys();
            CommitResult result;
            ReadOnlySpan<StoreReply> replies;
            lock (_lock)
            {
                Begin(isWrite: true);
                result = _runner.Commit(batch, out replies);
            }

            for (var i = 0; i < replies.Length; i++)
            {
                batch.Replies[i].Complete(replies[i]);
            }

            return new(result);
        }
        catch (StoreException exception)
        {
            return ValueTask.FromException<CommitResult>(exception);
        }
    }

    /// <inheritdoc/>
    public ValueTask<TReply> EvaluateAsync<TReply>(ScriptCall<TReply> call, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(call);
        cancellationToken.ThrowIfCancellationRequested();
        try
        {
            SlotCheck.ThrowIfCrossSlot(call.Keys, call.Script.Name);
            StoreReply reply;
            lock (_lock)
            {
                Begin(isWrite: !call.Script.IsReadOnly);
                reply = _runner.Evaluate(call);
            }

            return new(call.Script.Reader(reply));
        }
        catch (StoreException exception)
        {
            return ValueTask.FromException<TReply>(exception);
        }
    }

    /// <inheritdoc/>
    /// <exception cref="ArgumentOutOfRangeException">The page size is not between 1 and 100,000.</exception>
    public IAsyncEnumerable<StoreKey> ScanKeysAsync(string pattern = "*", int pageSize = 250, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(pattern);
        ArgumentOutOfRangeException.ThrowIfLessThan(pageSize, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(pageSize, 100_000);
        cancellationToken.ThrowIfCancellationRequested();
        return ScanPagesAsync(new GlobPattern(new StoreKey(pattern).ToArray()), pageSize, cancellationToken);
    }

    /// <inheritdoc/>
    public ValueTask<StoreSubscription> SubscribeAsync(StoreChannel channel, CancellationToken cancellationToken = default)
    {
        if (channel.Name.IsNull)
        {
            throw new ArgumentException("The channel has no name.", nameof(channel));
        }

        cancellationToken.ThrowIfCancellationRequested();
        lock (_lock)
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            return new(_channels.Subscribe(channel));
        }
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

    private async IAsyncEnumerable<StoreKey> ScanPagesAsync(GlobPattern pattern, int pageSize, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await ValueTask.CompletedTask.ConfigureAwait(false);
        var page = new List<StoreKey>();
        var next = int.MaxValue;
        do
        {
            cancellationToken.ThrowIfCancellationRequested();
            page.Clear();
            next = ReadPage(next, pattern, pageSize, page);
            foreach (var key in page)
            {
                cancellationToken.ThrowIfCancellationRequested();
                yield return key;
            }
        }
        while (next > 0);
    }

    private int ReadPage(int next, GlobPattern pattern, int pageSize, List<StoreKey> page)
    {
        lock (_lock)
        {
            Begin(isWrite: false);
            var first = Math.Min(next, _database.Count);
            var last = Math.Max(first - pageSize, 0);
            for (var i = first - 1; i >= last; i--)
            {
                if (_database.EntryAt(i) is { } entry && (pattern.IsAll || pattern.IsMatch(entry.Key.ToArray())))
                {
                    page.Add(entry.Key);
                }
            }

            return last;
        }
    }
}
