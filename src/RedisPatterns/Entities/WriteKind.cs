namespace RedisPatterns;

/// <summary>What a write does, by the letter that scripts know it by.</summary>
internal enum WriteKind
{
    Insert = 'I',
    Update = 'U',
    Upsert = 'P',
    Delete = 'D',
}
