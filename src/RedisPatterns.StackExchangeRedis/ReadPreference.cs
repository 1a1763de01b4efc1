namespace RedisPatterns.StackExchangeRedis;

/// <summary>Which server a read is sent to.</summary>
public enum ReadPreference
{
    /// <summary>The primary: a read sees every write that was acknowledged before it.</summary>
    Primary,

    /// <summary>A replica where there is one, else the primary: reads are spread, and may see what was true a moment ago.</summary>
    PreferReplica,
}
