namespace RedisPatterns;

/// <summary>Conditions and commands that are applied all or nothing, in one round trip.</summary>
/// <remarks>
/// First the conditions are looked at, in order. When all hold, the commands are carried out in order; when any of them
/// could not be (a wrong type, an overflow), nothing is written and the result names it. When the server refuses writes as
/// a whole (the memory limit, a replica), nothing is written and the commit throws. All keys must share a hash slot. What
/// can tear a batch all the same is in docs/guarantees.md. Not thread-safe.
/// </remarks>
public sealed class AtomicBatch
{
    private readonly List<BatchCondition> _conditions = [];
    private readonly List<PendingReply> _replies = [];

    /// <summary>The conditions, in the order in which they are looked at.</summary>
    public IReadOnlyList<BatchCondition> Conditions => _conditions;

    /// <summary>The commands' places, in the order in which they are carried out.</summary>
    public IReadOnlyList<PendingReply> Replies => _replies;

    /// <summary>The key under which a commit is remembered, or <c>default</c> when it is not.</summary>
    public StoreKey IdempotencyKey { get; private set; }

    /// <summary>How long a commit is remembered.</summary>
    public TimeSpan IdempotencyLifetime { get; private set; }

    /// <summary>Adds a condition.</summary>
    /// <param name="condition">What must hold.</param>
    /// <returns>This batch.</returns>
    public AtomicBatch When(BatchCondition condition)
    {
        ArgumentNullException.ThrowIfNull(condition);
        _conditions.Add(condition);
        return this;
    }

    /// <summary>Adds a command.</summary>
    /// <typeparam name="TReply">What it answers.</typeparam>
    /// <param name="command">The command.</param>
    /// <returns>The place of its reply, filled when the batch is committed.</returns>
    /// <exception cref="ArgumentException">The command can not be part of a batch.</exception>
    public PendingReply<TReply> Add<TReply>(StoreCommand<TReply> command)
    {
        ArgumentNullException.ThrowIfNull(command);
        ThrowIfUnfit(command);
        var pending = command.CreatePending();
        _replies.Add(pending);
        return pending;
    }

    /// <summary>Adds a command whose reply type is not known here.</summary>
    /// <param name="command">The command.</param>
    /// <returns>The place of its reply, filled when the batch is committed.</returns>
    /// <exception cref="ArgumentException">The command can not be part of a batch.</exception>
    public PendingReply Add(StoreCommand command)
    {
        ArgumentNullException.ThrowIfNull(command);
        ThrowIfUnfit(command);
        var pending = command.CreatePending();
        _replies.Add(pending);
        return pending;
    }

    /// <summary>
    /// Remembers the commit under a key, so that a batch repeated with the same key gets the first one's result instead of
    /// being applied again. Only a commit is remembered; a refused batch may be tried again.
    /// Without scripts the replies are stored after the commit: if the client dies in between, a repeated commit throws
    /// <see cref="StoreException"/> and writes nothing.
    /// </summary>
    /// <param name="key">A key of the batch's hash slot, used for nothing else, that names this one operation.</param>
    /// <param name="lifetime">How long it is remembered; at least a millisecond.</param>
    /// <returns>This batch.</returns>
    public AtomicBatch RememberAs(StoreKey key, TimeSpan lifetime)
    {
        if (key.IsNull)
        {
            throw new ArgumentException("The key has no name.", nameof(key));
        }

        ArgumentOutOfRangeException.ThrowIfLessThan(lifetime, TimeSpan.FromMilliseconds(1));
        IdempotencyKey = key;
        IdempotencyLifetime = lifetime;
        return this;
    }

    /// <summary>Every key that the batch names, once each.</summary>
    /// <exception cref="CrossSlotException">They do not share a hash slot.</exception>
    public IReadOnlyList<StoreKey> GetKeys()
    {
        var keys = new List<StoreKey>();
        var known = new HashSet<StoreKey>();
        foreach (var condition in _conditions)
        {
            foreach (var key in condition.Keys)
            {
                Collect(key);
            }
        }

        foreach (var reply in _replies)
        {
            foreach (var key in reply.Command.Keys)
            {
                Collect(key);
            }
        }

        if (!IdempotencyKey.IsNull)
        {
            Collect(IdempotencyKey);
        }

        SlotCheck.ThrowIfCrossSlot(keys, "The batch");
        return keys;

        void Collect(StoreKey key)
        {
            if (known.Add(key))
            {
                keys.Add(key);
            }
        }
    }

    private static void ThrowIfUnfit(StoreCommand command)
    {
        if ((command.Definition.Traits & (CommandTraits.NotInBatch | CommandTraits.Keyless)) != 0)
        {
            throw new ArgumentException($"{command.Definition.Name} can not be part of an atomic batch.", nameof(command));
        }
    }
}
