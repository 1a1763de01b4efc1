namespace RedisPatterns.InMemory;

/// <summary>What handlers work with. One for each store, used under its lock.</summary>
internal sealed class CommandContext(Database database, ChannelHub channels, Random random)
{
    private readonly List<(StoreSubscription Listener, StoreMessage Message)> _outbox = [];

    /// <summary>The keys and what they hold.</summary>
    public Database Database { get; } = database;

    /// <summary>The subscribers of channels.</summary>
    public ChannelHub Channels { get; } = channels;

    /// <summary>What random answers are drawn from.</summary>
    public Random Random { get; } = random;

    /// <summary>The time in milliseconds since 1970, frozen while a command, batch or script runs.</summary>
    public long Now => Database.Now;

    /// <summary>The name of the command that runs, for errors.</summary>
    public string CommandName { get; set; } = "";

    /// <summary>What a key holds, or null when it does not exist.</summary>
    /// <typeparam name="T">The type that it must have.</typeparam>
    /// <param name="key">The key.</param>
    /// <exception cref="WrongTypeException">The key holds another type.</exception>
    public T? Get<T>(StoreKey key)
        where T : DataStructure =>
        Database.Find(key) is not { } entry ? null : entry.Data as T ?? throw ServerErrors.WrongType(CommandName);

    /// <summary>What a key holds; a new, empty structure when it does not exist, to which something must be added then.</summary>
    /// <typeparam name="T">The type that it must have.</typeparam>
    /// <param name="key">The key.</param>
    /// <exception cref="WrongTypeException">The key holds another type.</exception>
    public T GetOrAdd<T>(StoreKey key)
        where T : DataStructure, ICreatable<T>
    {
        if (Get<T>(key) is { } existing)
        {
            return existing;
        }

        var created = T.Create(Database.Journal);
        Database.Put(key, created);
        return created;
    }

    /// <summary>Removes a key whose collection has no elements any more. For hashes, sets, sorted sets and lists.</summary>
    /// <param name="key">The key.</param>
    /// <param name="data">What it holds.</param>
    public void RemoveIfEmpty(StoreKey key, DataStructure data)
    {
        if (data.Count == 0)
        {
            Database.Remove(key);
        }
    }

    /// <summary>Sends a message to a listener: at once, or when the batch or script that runs has succeeded.</summary>
    public void Deliver(StoreSubscription listener, StoreMessage message)
    {
        if (Database.Journal.IsActive)
        {
            _outbox.Add((listener, message));
        }
        else
        {
            listener.Publish(message);
        }
    }

    /// <summary>Keeps what was done since the journal was begun.</summary>
    public void Commit()
    {
        Database.Journal.Commit();
        if (_outbox.Count == 0 || Database.Journal.IsActive)
        {
            return;
        }

        foreach (var (listener, message) in _outbox)
        {
            listener.Publish(message);
        }

        _outbox.Clear();
    }

    /// <summary>Undoes what was done since a mark of the journal.</summary>
    public void Rollback(int mark)
    {
        Database.Journal.Rollback(mark);
        if (!Database.Journal.IsActive)
        {
            _outbox.Clear();
        }
    }
}
