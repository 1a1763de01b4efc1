namespace RedisPatterns;

/// <summary>What is known of a string or of a hash field at a point of a batch.</summary>
internal enum ContentKind
{
    /// <summary>It is what it was before the batch.</summary>
    Initial,

    /// <summary>It was an integer before the batch, and has been added to.</summary>
    Shifted,

    /// <summary>It is a finite number.</summary>
    Float,

    /// <summary>It was something before the batch, and has been appended to.</summary>
    Appended,

    /// <summary>It is a value that the batch has put there.</summary>
    Known,

    /// <summary>It does not exist.</summary>
    Absent,

    /// <summary>It can not be told.</summary>
    Changed,
}
