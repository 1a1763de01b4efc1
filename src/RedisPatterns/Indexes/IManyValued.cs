namespace RedisPatterns;

/// <summary>A tag index, seen without the type of its values.</summary>
internal interface IManyValued
{
    /// <summary>Whether an entity may have several values.</summary>
    bool IsMany { get; }
}
