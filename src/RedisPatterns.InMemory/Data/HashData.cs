namespace RedisPatterns.InMemory;

/// <summary>A hash, whose fields may have a time to live of their own.</summary>
internal sealed class HashData(Journal journal) : DataStructure(journal), ICreatable<HashData>
{
    private readonly DenseMap<StoreValue, HashField> _fields = new();

    // May hold fields whose expiry has changed or that are gone: they are recognized when they come up.
    private PriorityQueue<StoreValue, long>? _deadlines;

    public override DataType Type => DataType.Hash;

    public override long Count => _fields.Count;

    public override long NextExpiry => _deadlines is not null && _deadlines.TryPeek(out _, out var moment) ? moment : Database.Never;

    public static HashData Create(Journal journal) => new(journal);

    public bool Contains(StoreValue field) => _fields.ContainsKey(field);

    /// <summary>The value of a field, or <see cref="StoreValue.Null"/>.</summary>
    public StoreValue Get(StoreValue field) => _fields.TryGetValue(field, out var found) ? found.Value : default;

    /// <summary>The value and expiry of a field.</summary>
    public bool TryGet(StoreValue field, out HashField found) => _fields.TryGetValue(field, out found);

    /// <summary>The field at an index below <see cref="Count"/>; removals move fields downwards.</summary>
    public StoreValue FieldAt(int index) => _fields.KeyAt(index);

    /// <summary>The value at an index below <see cref="Count"/>.</summary>
    public StoreValue ValueAt(int index) => _fields.ValueAt(index).Value;

    /// <summary>Sets a field.</summary>
    /// <param name="field">The field.</param>
    /// <param name="value">The value.</param>
    /// <param name="keepExpiry">Whether a field that is there keeps its time to live; otherwise it has none afterwards.</param>
    /// <returns>Whether the field is new.</returns>
    public bool Set(StoreValue field, StoreValue value, bool keepExpiry = false)
    {
        var index = _fields.IndexOf(field);
        if (index < 0)
        {
            if (Journal.IsActive)
            {
                Journal.Record(new(static step => ((HashData)step.Target)._fields.Remove(step.Subject), this, field));
            }

            _fields.Add(field, new HashField(value, Database.Never));
            return true;
        }

        ref var place = ref _fields.ValueAt(index);
        RecordBefore(field, place);
        place.Value = value;
        if (!keepExpiry)
        {
            place.ExpiresAt = Database.Never;
        }

        return false;
    }

    /// <summary>Removes a field.</summary>
    /// <returns>Whether it was there.</returns>
    public bool Remove(StoreValue field)
    {
        var index = _fields.IndexOf(field);
        if (index < 0)
        {
            return false;
        }

        RecordBefore(field, _fields.ValueAt(index));
        _fields.RemoveAt(index);
        return true;
    }

    /// <summary>Changes when a field that is there expires. The entry must be rescheduled afterwards.</summary>
    /// <param name="field">The field.</param>
    /// <param name="expiresAt">When, or <see cref="Database.Never"/>.</param>
    public void SetExpiry(StoreValue field, long expiresAt)
    {
        ref var place = ref _fields.ValueAt(_fields.IndexOf(field));
        RecordBefore(field, place);
        place.ExpiresAt = expiresAt;
        Schedule(field, expiresAt);
    }

    public override void Expire(long now)
    {
        while (_deadlines is not null && _deadlines.TryPeek(out var field, out var moment) && moment <= now)
        {
            _deadlines.Dequeue();
            var index = _fields.IndexOf(field);
            if (index >= 0 && _fields.ValueAt(index).ExpiresAt <= now)
            {
                _fields.RemoveAt(index);
            }
        }
    }

    public override DataStructure Clone()
    {
        var clone = new HashData(Journal);
        for (var i = 0; i < _fields.Count; i++)
        {
            clone._fields.Add(_fields.KeyAt(i), _fields.ValueAt(i));
            clone.Schedule(_fields.KeyAt(i), _fields.ValueAt(i).ExpiresAt);
        }

        return clone;
    }

    private void RecordBefore(StoreValue field, in HashField before)
    {
        if (Journal.IsActive)
        {
            Journal.Record(new(
                static step => ((HashData)step.Target).Restore(step.Subject, step.Value, step.Number),
                this,
                field,
                before.Value,
                Number: before.ExpiresAt));
        }
    }

    private void Restore(StoreValue field, StoreValue value, long expiresAt)
    {
        var index = _fields.IndexOf(field);
        if (index < 0)
        {
            _fields.Add(field, new HashField(value, expiresAt));
        }
        else
        {
            _fields.ValueAt(index) = new HashField(value, expiresAt);
        }

        Schedule(field, expiresAt);
    }

    private void Schedule(StoreValue field, long expiresAt)
    {
        if (expiresAt == Database.Never)
        {
            return;
        }

        _deadlines ??= new();
        _deadlines.Enqueue(field, expiresAt);
        if (_deadlines.Count > (2 * _fields.Count) + 16)
        {
            _deadlines.Clear();
            for (var i = 0; i < _fields.Count; i++)
            {
                if (_fields.ValueAt(i).ExpiresAt is var moment && moment != Database.Never)
                {
                    _deadlines.Enqueue(_fields.KeyAt(i), moment);
                }
            }
        }
    }
}
