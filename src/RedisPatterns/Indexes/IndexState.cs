namespace RedisPatterns;

/// <summary>Whether an index answers queries. Writes keep it up whatever its state.</summary>
public enum IndexState
{
    /// <summary>Entities that were there before it are not in it yet: <c>BuildIndexesAsync</c> puts them in.</summary>
    Building,

    /// <summary>It answers.</summary>
    Ready,

    /// <summary>It was switched off; <c>BuildIndexesAsync</c> switches it on again.</summary>
    Disabled,
}
