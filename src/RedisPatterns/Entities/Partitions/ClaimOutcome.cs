namespace RedisPatterns;

/// <summary>What came of an attempt to claim a value for an entity.</summary>
internal enum ClaimOutcome
{
    /// <summary>It is claimed by this attempt.</summary>
    Claimed,

    /// <summary>The entity has the value already.</summary>
    Held,

    /// <summary>Another entity has it.</summary>
    Refused,
}
