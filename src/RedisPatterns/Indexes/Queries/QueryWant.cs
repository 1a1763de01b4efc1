namespace RedisPatterns;

/// <summary>What a query asks the script for.</summary>
internal enum QueryWant
{
    /// <summary>The entities.</summary>
    Contents = 'D',

    /// <summary>Ids.</summary>
    Ids = 'I',

    /// <summary>Ids of entities that exist, where index entries can outlive them.</summary>
    ExistingIds = 'E',

    /// <summary>How many there are.</summary>
    Count = 'N',
}
