namespace RedisPatterns;

/// <summary>What a <see cref="Precheck"/> looks at.</summary>
public enum PrecheckKind
{
    /// <summary>The key holds the type, or nothing.</summary>
    Type,

    /// <summary>The key holds a set, a sorted set or nothing.</summary>
    SetOrSortedSet,

    /// <summary>The string is an integer between <see cref="Precheck.Low"/> and <see cref="Precheck.High"/>; nothing counts as 0.</summary>
    Integer,

    /// <summary>The field of the hash is an integer between <see cref="Precheck.Low"/> and <see cref="Precheck.High"/>; nothing counts as 0.</summary>
    HashInteger,

    /// <summary>The string is a finite number, or nothing.</summary>
    Float,

    /// <summary>The field of the hash is a finite number, or nothing.</summary>
    HashFloat,

    /// <summary>The string has at most <see cref="Precheck.High"/> bytes.</summary>
    StringLength,

    /// <summary>The string is a HyperLogLog, or nothing.</summary>
    HyperLogLog,

    /// <summary>The key exists.</summary>
    KeyExists,

    /// <summary>The list has an element at the index.</summary>
    ListIndex,

    /// <summary>The sorted set has the member, or does not exist.</summary>
    Member,

    /// <summary>The last id of the stream is less than the subject; a stream that does not exist will do.</summary>
    StreamIdAbove,

    /// <summary>The stream has the consumer group.</summary>
    Group,
}
