namespace RedisPatterns;

/// <summary>What the conjuncts of a query need of the script. Every function in a script costs time whenever it runs, so it holds those it needs.</summary>
[Flags]
internal enum QueryParts
{
    None = 0,

    /// <summary>A conjunct is a set, or several.</summary>
    Sets = 1,

    /// <summary>There are spans of scores.</summary>
    Ranges = 2,

    /// <summary>There are spans of texts.</summary>
    Texts = 4,

    /// <summary>There are places.</summary>
    Places = 8,

    /// <summary>A conjunct is something else than one set or one span of scores.</summary>
    General = 16,

    /// <summary>A conjunct is answered by one index.</summary>
    Leaf = 32,
}
