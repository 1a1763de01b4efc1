namespace RedisPatterns;

/// <summary>What a patch does with a field, by the letter that scripts know it by.</summary>
internal enum PatchKind
{
    Set = 'S',
    Unset = 'U',
    IncrementNumber = 'N',
    IncrementFloat = 'F',
    Append = 'A',
    Remove = 'R',
}
