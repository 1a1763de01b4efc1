namespace RedisPatterns;

/// <summary>How an entity lies in the store, by the letter that scripts know it by.</summary>
internal enum LayoutKind
{
    Document = 'D',
    Hash = 'H',
    Attributes = 'A',
    Chunked = 'C',
}
