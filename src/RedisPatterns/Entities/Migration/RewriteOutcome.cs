namespace RedisPatterns;

/// <summary>What became of an entity that was to be rewritten.</summary>
internal enum RewriteOutcome
{
    /// <summary>There is none any more.</summary>
    Gone,

    /// <summary>It is of the model's schema, or of a newer one.</summary>
    Current,

    /// <summary>It was upgraded, or in a dry run could have been.</summary>
    Upgraded,
}
