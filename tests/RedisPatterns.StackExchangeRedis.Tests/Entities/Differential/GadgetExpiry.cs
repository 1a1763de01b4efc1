namespace RedisPatterns.StackExchangeRedis.Tests;

/// <summary>How the gadgets of a model expire.</summary>
internal enum GadgetExpiry
{
    Never,
    PerCall,
    After,
    Sliding,
    At,
}
