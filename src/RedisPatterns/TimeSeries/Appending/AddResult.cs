namespace RedisPatterns;

/// <summary>What became of a step that adds samples blindly.</summary>
internal enum AddResult
{
    /// <summary>They were added.</summary>
    Added = 0,

    /// <summary>Nothing was written: a series is not declared.</summary>
    NotDeclared = 1,

    /// <summary>Nothing was written: it was done before, and is remembered.</summary>
    DoneBefore = 2,
}
