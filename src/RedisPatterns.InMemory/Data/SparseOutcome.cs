namespace RedisPatterns.InMemory;

/// <summary>What raising a register in the sparse form came to.</summary>
internal enum SparseOutcome
{
    /// <summary>It had that value, or a greater one.</summary>
    Unchanged,

    /// <summary>It was raised.</summary>
    Raised,

    /// <summary>The runs would become too long; nothing was changed.</summary>
    NoRoom,

    /// <summary>The runs do not reach the register; nothing was changed.</summary>
    Malformed,
}
