namespace RedisPatterns;

/// <summary>What a store must know of a command to send it rightly.</summary>
[Flags]
public enum CommandTraits
{
    /// <summary>A read.</summary>
    None = 0,

    /// <summary>It may change data, so it goes to a primary and is never resent.</summary>
    Write = 1,

    /// <summary>It may enlarge the data, so a server at its memory limit refuses it.</summary>
    Grows = 2,

    /// <summary>Its reply holds names of keys, which a prefixing store must strip.</summary>
    RepliesWithKeys = 4,

    /// <summary>It can not be part of an <see cref="AtomicBatch"/> or an atomic script.</summary>
    NotInBatch = 8,

    /// <summary>It concerns the whole server rather than some keys.</summary>
    Keyless = 16,

    /// <summary>Its reply may differ although nothing was written: it depends on the time, or on chance.</summary>
    Unrepeatable = 32,
}
