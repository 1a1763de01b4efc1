namespace RedisPatterns.Commands;

/// <summary>An entry of a stream.</summary>
public sealed class StreamEntry
{
    private readonly KeyValuePair<StoreValue, StoreValue>[] _fields;

    internal StreamEntry(StreamId id, KeyValuePair<StoreValue, StoreValue>[] fields)
    {
        Id = id;
        _fields = fields;
    }

    /// <summary>The id.</summary>
    public StreamId Id { get; }

    /// <summary>The fields and values in the order in which they were added; a field may come more than once.</summary>
    public IReadOnlyList<KeyValuePair<StoreValue, StoreValue>> Fields => _fields;

    /// <summary>Whether the entry is pending in a group but no longer in the stream; then it has no fields.</summary>
    public bool IsDeleted => _fields.Length == 0;

    /// <summary>The value of the first field of a name, or <see cref="StoreValue.Null"/> when there is none.</summary>
    /// <param name="field">The name.</param>
    public StoreValue this[StoreValue field]
    {
        get
        {
            foreach (var (name, value) in _fields)
            {
                if (name == field)
                {
                    return value;
                }
            }

            return default;
        }
    }

    /// <summary>The id.</summary>
    public override string ToString() => Id.ToString();
}
