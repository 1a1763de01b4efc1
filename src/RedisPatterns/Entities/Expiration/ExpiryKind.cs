namespace RedisPatterns;

/// <summary>When the entities of a model expire.</summary>
internal enum ExpiryKind
{
    PerCall,
    After,
    Sliding,
    At,
}
