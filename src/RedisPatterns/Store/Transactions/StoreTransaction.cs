namespace RedisPatterns;

/// <summary>One attempt of an optimistic transaction: reads that are remembered, and writes that wait for the commit.</summary>
/// <remarks>
/// Reads go to the store at once and see what is there, not what the transaction has added. The commit looks whether each
/// still gives the same reply, and writes everything or nothing, in one atomic step; a value that went away and came back
/// counts as the same. Two reads that are sent apart may see different moments; then the commit fails and the body is run
/// again, so a body should not act on what it read but by way of the transaction. All keys must share a hash slot.
/// The reads may run concurrently; an attempt ends with its body.
/// </remarks>
public sealed class StoreTransaction
{
    private readonly Lock _lock = new();
    private readonly IKeyValueStore _store;
    private readonly List<BatchCondition> _reads = [];
    private readonly List<BatchCondition> _conditions = [];
    private readonly AtomicBatch _batch = new();
    private readonly HashSet<StoreKey> _written = [];
    private StoreKey _first;
    private bool _isOver;

    internal StoreTransaction(IKeyValueStore store) => _store = store;

    /// <summary>Reads, and remembers what was read. One round trip.</summary>
    /// <typeparam name="TReply">What the command answers.</typeparam>
    /// <param name="command">A command that writes nothing.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    /// <returns>The reply.</returns>
    /// <exception cref="ArgumentException">The command writes, or its reply does not depend on the data of its keys alone.</exception>
    /// <exception cref="CrossSlotException">A key does not share the hash slot of the others; nothing was sent.</exception>
    /// <exception cref="InvalidOperationException">The transaction has added a write to a key of the command, or is over.</exception>
    /// <exception cref="StoreException">The command failed.</exception>
    public async ValueTask<TReply> ReadAsync<TReply>(StoreCommand<TReply> command, CancellationToken cancellationToken = default)
    {
        ThrowIfUnfit(command);
        var reply = await _store.SendAsync(Raw(command), cancellationToken).ConfigureAwait(false);
        Remember(command, reply);
        return command.Reader(reply);
    }

    /// <summary>Reads twice in one round trip, and remembers what was read.</summary>
    /// <typeparam name="T1">What the first command answers.</typeparam>
    /// <typeparam name="T2">What the second command answers.</typeparam>
    /// <param name="first">A command that writes nothing.</param>
    /// <param name="second">Another one.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    /// <returns>The replies.</returns>
    /// <exception cref="ArgumentException">A command writes, or its reply does not depend on the data of its keys alone.</exception>
    /// <exception cref="CrossSlotException">A key does not share the hash slot of the others; nothing was sent.</exception>
    /// <exception cref="InvalidOperationException">The transaction has added a write to a key of a command, or is over.</exception>
    /// <exception cref="StoreException">A command failed.</exception>
    public async ValueTask<(T1 First, T2 Second)> ReadAsync<T1, T2>(StoreCommand<T1> first, StoreCommand<T2> second, CancellationToken cancellationToken = default)
    {
        var replies = await SendAsync([first, second], cancellationToken).ConfigureAwait(false);
        return (first.Reader(replies[0]), second.Reader(replies[1]));
    }

    /// <summary>Reads three times in one round trip, and remembers what was read.</summary>
    /// <typeparam name="T1">What the first command answers.</typeparam>
    /// <typeparam name="T2">What the second command answers.</typeparam>
    /// <typeparam name="T3">What the third command answers.</typeparam>
    /// <param name="first">A command that writes nothing.</param>
    /// <param name="second">Another one.</param>
    /// <param name="third">A third one.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    /// <returns>The replies.</returns>
    /// <exception cref="ArgumentException">A command writes, or its reply does not depend on the data of its keys alone.</exception>
    /// <exception cref="CrossSlotException">A key does not share the hash slot of the others; nothing was sent.</exception>
    /// <exception cref="InvalidOperationException">The transaction has added a write to a key of a command, or is over.</exception>
    /// <exception cref="StoreException">A command failed.</exception>
    public async ValueTask<(T1 First, T2 Second, T3 Third)> ReadAsync<T1, T2, T3>(
        StoreCommand<T1> first, StoreCommand<T2> second, StoreCommand<T3> third, CancellationToken cancellationToken = default)
    {
        var replies = await SendAsync([first, second, third], cancellationToken).ConfigureAwait(false);
        return (first.Reader(replies[0]), second.Reader(replies[1]), third.Reader(replies[2]));
    }

    /// <summary>Reads any number of times in one round trip, and remembers what was read.</summary>
    /// <typeparam name="TReply">What the commands answer.</typeparam>
    /// <param name="commands">Commands that write nothing.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    /// <returns>The replies, in the order of the commands.</returns>
    /// <exception cref="ArgumentException">A command writes, or its reply does not depend on the data of its keys alone.</exception>
    /// <exception cref="CrossSlotException">A key does not share the hash slot of the others; nothing was sent.</exception>
    /// <exception cref="InvalidOperationException">The transaction has added a write to a key of a command, or is over.</exception>
    /// <exception cref="StoreException">A command failed.</exception>
    public async ValueTask<TReply[]> ReadAsync<TReply>(IReadOnlyList<StoreCommand<TReply>> commands, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(commands);
        var replies = await SendAsync(commands, cancellationToken).ConfigureAwait(false);
        var results = new TReply[replies.Length];
        for (var i = 0; i < results.Length; i++)
        {
            results[i] = commands[i].Reader(replies[i]);
        }

        return results;
    }

    /// <summary>Adds a command that is carried out at the commit.</summary>
    /// <typeparam name="TReply">What it answers.</typeparam>
    /// <param name="command">The command.</param>
    /// <returns>The place of its reply, filled when the transaction is committed.</returns>
    /// <exception cref="ArgumentException">The command can not be part of a batch.</exception>
    /// <exception cref="CrossSlotException">A key does not share the hash slot of the others.</exception>
    /// <exception cref="InvalidOperationException">The transaction is over.</exception>
    public PendingReply<TReply> Add<TReply>(StoreCommand<TReply> command) => Add(command, _batch.Add);

    /// <summary>Adds a command whose reply type is not known here.</summary>
    /// <param name="command">The command.</param>
    /// <returns>The place of its reply, filled when the transaction is committed.</returns>
    /// <exception cref="ArgumentException">The command can not be part of a batch.</exception>
    /// <exception cref="CrossSlotException">A key does not share the hash slot of the others.</exception>
    /// <exception cref="InvalidOperationException">The transaction is over.</exception>
    public PendingReply Add(StoreCommand command) => Add(command, _batch.Add);

    /// <summary>Adds a condition that is looked at in the commit, after the reads. Where it does not hold, the transaction is refused.</summary>
    /// <param name="condition">What must hold.</param>
    /// <exception cref="CrossSlotException">A key does not share the hash slot of the others.</exception>
    /// <exception cref="InvalidOperationException">The transaction is over.</exception>
    public void When(BatchCondition condition)
    {
        ArgumentNullException.ThrowIfNull(condition);
        lock (_lock)
        {
            ThrowIfOver();
            ThrowIfCrossSlot(condition.Keys);
            _conditions.Add(condition);
        }
    }

    /// <summary>Remembers the commit under a key, as <see cref="AtomicBatch.RememberAs"/> does: repeated, it is not written again.</summary>
    /// <param name="key">A key of the same hash slot, used for nothing else, that names this one operation.</param>
    /// <param name="lifetime">How long it is remembered; at least a millisecond.</param>
    /// <exception cref="CrossSlotException">The key does not share the hash slot of the others.</exception>
    /// <exception cref="InvalidOperationException">The transaction is over.</exception>
    public void RememberAs(StoreKey key, TimeSpan lifetime)
    {
        lock (_lock)
        {
            ThrowIfOver();
            _batch.RememberAs(key, lifetime);
            ThrowIfCrossSlot([key]);
        }
    }

    /// <summary>Commits what the body has put together.</summary>
    /// <returns>How it ended, and the read that had changed.</returns>
    internal async ValueTask<(CommitResult Result, StoreCommand? Conflict)> CommitAsync(CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            ThrowIfOver();
            _isOver = true;
        }

        // One read, and nothing that would depend on it.
        if (_batch.Replies.Count == 0 && _conditions.Count == 0 && _reads.Count <= 1)
        {
            return (CommitResult.Committed, null);
        }

        foreach (var read in _reads)
        {
            _batch.When(read);
        }

        foreach (var condition in _conditions)
        {
            _batch.When(condition);
        }

        var result = await _store.CommitAsync(_batch, cancellationToken).ConfigureAwait(false);
        return result.Status != CommitStatus.ConditionFailed ? (result, null)
            : result.Index < _reads.Count ? (result, _reads[result.Index].Read)
            : (CommitResult.ConditionFailed(result.Index - _reads.Count, result.Error), null);
    }

    private TPending Add<TCommand, TPending>(TCommand command, Func<TCommand, TPending> add)
        where TCommand : StoreCommand
    {
        ArgumentNullException.ThrowIfNull(command);
        lock (_lock)
        {
            ThrowIfOver();
            ThrowIfCrossSlot(command.Keys);
            if (command.Definition.IsWrite)
            {
                _written.UnionWith(command.Keys);
            }

            return add(command);
        }
    }

    private static StoreCommand<StoreReply> Raw(StoreCommand command)
    {
        var arguments = new StoreValue[command.ArgumentCount];
        for (var i = 0; i < arguments.Length; i++)
        {
            arguments[i] = command[i];
        }

        return new(command.Definition, Replies.Raw, arguments);
    }

    private async ValueTask<StoreReply[]> SendAsync(IReadOnlyList<StoreCommand> commands, CancellationToken cancellationToken)
    {
        var pipeline = new StorePipeline();
        var pending = new PendingReply<StoreReply>[commands.Count];
        for (var i = 0; i < pending.Length; i++)
        {
            ThrowIfUnfit(commands[i]);
            pending[i] = pipeline.Add(Raw(commands[i]));
        }

        await _store.SendAsync(pipeline, cancellationToken).ConfigureAwait(false);
        var replies = new StoreReply[pending.Length];
        for (var i = 0; i < replies.Length; i++)
        {
            replies[i] = pending[i].Value;
            Remember(commands[i], replies[i]);
        }

        return replies;
    }

    private void ThrowIfUnfit(StoreCommand command)
    {
        ArgumentNullException.ThrowIfNull(command);
        BatchCondition.ThrowIfNotARead(command);
        lock (_lock)
        {
            ThrowIfOver();
            ThrowIfCrossSlot(command.Keys);
            if (_written.Count > 0 && _written.Overlaps(command.Keys))
            {
                throw new InvalidOperationException(
                    $"{command.Definition.Name}: the transaction has added a write to this key, which is carried out at the commit; read before.");
            }
        }
    }

    private void Remember(StoreCommand command, StoreReply reply)
    {
        var read = BatchCondition.SameReply(command, reply);
        lock (_lock)
        {
            _reads.Add(read);
        }
    }

    private void ThrowIfOver()
    {
        if (_isOver)
        {
            throw new InvalidOperationException("The attempt of the transaction is over; each attempt has one of its own.");
        }
    }

    private void ThrowIfCrossSlot(IEnumerable<StoreKey> keys)
    {
        foreach (var key in keys)
        {
            if (_first.IsNull)
            {
                _first = key;
            }

            SlotCheck.ThrowIfCrossSlot([_first, key], "The transaction");
        }
    }
}
