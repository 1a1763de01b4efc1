namespace RedisPatterns.Testing;

/// <summary>How far a sale has come.</summary>
internal enum SaleStatus
{
    Open,
    Paid,
    Void,
}
