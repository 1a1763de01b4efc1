namespace RedisPatterns;

/// <summary>What a write does, by the letter that scripts know it by.</summary>
internal enum WriteKind
{
    Insert = 'I',
    Update = 'U',
    Upsert = 'P',
    Delete = 'D',

    /// <summary>Changes some fields.</summary>
    Patch = 'M',

    /// <summary>Writes the same entity anew, upgraded; the version stays.</summary>
    Rewrite = 'W',

    /// <summary>Writes memo and index entries of the same entity anew, or removes them if there is none; the entity stays as it is.</summary>
    Reindex = 'B',

    /// <summary>Changes the expiry alone.</summary>
    Touch = 'T',

    /// <summary>Removes what an expired entity has left.</summary>
    Sweep = 'X',

    /// <summary>Writes nothing; refuses the commit when there is no such entity.</summary>
    Require = 'E',

    /// <summary>Writes nothing; refuses the commit when there is such an entity.</summary>
    RequireAbsent = 'N',
}
