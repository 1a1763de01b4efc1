namespace RedisPatterns;

/// <summary>What is known of a key's type at a point of a batch.</summary>
internal enum TypeFact
{
    /// <summary>It is what it was before the batch, or the key has gone since.</summary>
    Initial,

    /// <summary>It is the checked one, or the key does not exist.</summary>
    Checked,

    /// <summary>The key does not exist.</summary>
    Absent,

    /// <summary>The batch has put something there, and it can not be told what.</summary>
    Unknown,
}
