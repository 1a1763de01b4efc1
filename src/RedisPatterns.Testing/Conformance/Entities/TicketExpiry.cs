namespace RedisPatterns.Testing;

/// <summary>The rules of expiry that a model can have.</summary>
internal enum TicketExpiry
{
    None,
    PerCall,
    After,
    Sliding,
    At,
}
