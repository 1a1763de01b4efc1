namespace RedisPatterns.InMemory;

/// <summary>A data structure that can be made empty.</summary>
internal interface ICreatable<TSelf>
    where TSelf : DataStructure
{
    /// <summary>An empty one.</summary>
    static abstract TSelf Create(Journal journal);
}
