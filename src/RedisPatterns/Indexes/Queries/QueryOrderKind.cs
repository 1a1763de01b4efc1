namespace RedisPatterns;

/// <summary>The kind of key that the rows of a query are ordered by; equal ones by the bytes of the id's token.</summary>
internal enum QueryOrderKind
{
    /// <summary>None: rows come as they are met.</summary>
    Any = '-',

    /// <summary>A score.</summary>
    Score = 'r',

    /// <summary>A text with the id behind it.</summary>
    Text = 'l',

    /// <summary>A distance.</summary>
    Distance = 'g',

    /// <summary>The bucket of the entity's memo.</summary>
    Primary = 'p',
}
