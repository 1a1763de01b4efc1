namespace RedisPatterns.InMemory;

/// <summary>The keys and what they hold. Used under the store's lock; every mutation is recorded when the journal is active.</summary>
internal sealed partial class Database
{
    /// <summary>The moment of what does not expire.</summary>
    public const long Never = long.MaxValue;

    private readonly DenseMap<StoreKey, Entry> _entries = new();

    // May hold entries whose deadline has changed or that are gone: they are recognized when they come up.
    private readonly PriorityQueue<Entry, long> _deadlines = new();

    /// <summary>How to undo what is being done.</summary>
    public Journal Journal { get; } = new();

    /// <summary>The time in milliseconds since 1970, frozen while a command, batch or script runs.</summary>
    public long Now { get; set; }

    /// <summary>The number of keys, expired ones that were not met yet included.</summary>
    public int Count => _entries.Count;

    /// <summary>The entry of a key, or null when it does not exist or has expired.</summary>
    public Entry? Find(StoreKey key)
    {
        if (!_entries.TryGetValue(key, out var entry))
        {
            return null;
        }

        return entry.Deadline > Now || Expire(entry) ? entry : null;
    }

    /// <summary>The entry at an index below <see cref="Count"/>, or null when it has expired (and the last entry has taken its place).</summary>
    public Entry? EntryAt(int index)
    {
        var entry = _entries.ValueAt(index);
        return entry.Deadline > Now || Expire(entry) ? entry : null;
    }

    /// <summary>Gives a key a value, whatever it held before.</summary>
    /// <param name="key">The key.</param>
    /// <param name="data">The value; used by no other key.</param>
    /// <param name="expiresAt">When the key expires.</param>
    public void Put(StoreKey key, DataStructure data, long expiresAt = Never)
    {
        if (Find(key) is not { } entry)
        {
            entry = new Entry(key, data);
            Insert(entry);
            if (Journal.IsActive)
            {
                Journal.Record(new(static step => ((Database)step.Target).RemoveSilently((StoreKey)step.Before!), this, Before: key));
            }
        }
        else
        {
            if (Journal.IsActive)
            {
                RecordBefore(entry);
            }

            entry.Data = data;
        }

        entry.ExpiresAt = expiresAt;
        Reschedule(entry);
    }

    /// <summary>Removes a key.</summary>
    /// <returns>Whether it existed.</returns>
    public bool Remove(StoreKey key)
    {
        if (Find(key) is not { } entry)
        {
            return false;
        }

        if (Journal.IsActive)
        {
            RecordBefore(entry);
        }

        Drop(entry);
        return true;
    }

    /// <summary>Removes everything. Not undone by the journal.</summary>
    public void Clear()
    {
        _entries.Clear();
        _deadlines.Clear();
        _order = null;
    }

    /// <summary>Changes when a key expires.</summary>
    /// <param name="entry">The key's entry.</param>
    /// <param name="expiresAt">When it expires, or <see cref="Never"/>.</param>
    public void SetExpiry(Entry entry, long expiresAt)
    {
        if (entry.ExpiresAt == expiresAt)
        {
            return;
        }

        if (Journal.IsActive)
        {
            RecordBefore(entry);
        }

        entry.ExpiresAt = expiresAt;
        Reschedule(entry);
    }

    /// <summary>To be called after a change of when elements of the entry's data expire.</summary>
    public void Reschedule(Entry entry)
    {
        var deadline = Math.Min(entry.ExpiresAt, entry.Data.NextExpiry);
        if (deadline == entry.Deadline)
        {
            return;
        }

        entry.Deadline = deadline;
        if (deadline == Never)
        {
            return;
        }

        _deadlines.Enqueue(entry, deadline);
        if (_deadlines.Count > (2 * _entries.Count) + 64)
        {
            RebuildDeadlines();
        }
    }

    /// <summary>Removes what has expired, at most so many entries at a time.</summary>
    /// <returns>How many entries were looked at.</returns>
    public int Sweep(int limit)
    {
        var looked = 0;
        while (looked < limit && _deadlines.TryPeek(out var entry, out var deadline) && deadline <= Now)
        {
            _deadlines.Dequeue();
            looked++;
            if (entry.Deadline == deadline && IsCurrent(entry))
            {
                Expire(entry);
            }
        }

        return looked;
    }

    /// <summary>Records that, when the journal is rolled back, the deadline of the entry is to be found out anew.</summary>
    public void RecordReschedule(Entry entry)
    {
        if (Journal.IsActive)
        {
            Journal.Record(new(static step => ((Database)step.Target).RescheduleCurrent((StoreKey)step.Before!), this, Before: entry.Key));
        }
    }

    // Removes what has expired of the entry; false when it is gone. Never undone: what has expired stays so.
    private bool Expire(Entry entry)
    {
        if (entry.ExpiresAt > Now)
        {
            entry.Data.Expire(Now);
            if (entry.Data.Count > 0)
            {
                Reschedule(entry);
                return true;
            }
        }

        Drop(entry);
        return false;
    }

    private void RecordBefore(Entry entry) =>
        Journal.Record(new(
            static step => ((Database)step.Target).Restore((Entry)step.Before!, step.Number),
            this,
            Before: new Entry(entry.Key, entry.Data),
            Number: entry.ExpiresAt));

    private void Restore(Entry before, long expiresAt)
    {
        if (_entries.TryGetValue(before.Key, out var entry))
        {
            entry.Data = before.Data;
        }
        else
        {
            entry = before;
            Insert(before);
        }

        entry.ExpiresAt = expiresAt;
        Reschedule(entry);
    }

    private void RemoveSilently(StoreKey key)
    {
        if (_entries.TryGetValue(key, out var entry))
        {
            Drop(entry);
        }
    }

    private void Insert(Entry entry)
    {
        _entries.Add(entry.Key, entry);
        _order?.Add(new(entry));
    }

    private void Drop(Entry entry)
    {
        if (_entries.Remove(entry.Key))
        {
            _order?.Remove(new(entry));
        }
    }

    private void RescheduleCurrent(StoreKey key)
    {
        if (_entries.TryGetValue(key, out var entry))
        {
            Reschedule(entry);
        }
    }

    private bool IsCurrent(Entry entry) => _entries.TryGetValue(entry.Key, out var current) && ReferenceEquals(current, entry);

    private void RebuildDeadlines()
    {
        _deadlines.Clear();
        for (var i = 0; i < _entries.Count; i++)
        {
            var entry = _entries.ValueAt(i);
            if (entry.Deadline != Never)
            {
                _deadlines.Enqueue(entry, entry.Deadline);
            }
        }
    }
}
