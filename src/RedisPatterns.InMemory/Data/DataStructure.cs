namespace RedisPatterns.InMemory;

/// <summary>What a key holds.</summary>
/// <remarks>Its mutators record how to undo what they do when the journal is active.</remarks>
internal abstract class DataStructure(Journal journal)
{
    /// <summary>The type.</summary>
    public abstract DataType Type { get; }

    /// <summary>The number of elements: items, members, fields, entries, bytes of a string.</summary>
    public abstract long Count { get; }

    /// <summary>The first moment at which an element may expire of itself, or <see cref="Database.Never"/>.</summary>
    public virtual long NextExpiry => Database.Never;

    /// <summary>How to undo what is being done.</summary>
    protected Journal Journal { get; } = journal;

    /// <summary>A copy that shares nothing that changes.</summary>
    public abstract DataStructure Clone();

    /// <summary>Removes elements that have expired. Not recorded.</summary>
    public virtual void Expire(long now)
    {
    }
}
