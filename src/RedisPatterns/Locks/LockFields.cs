namespace RedisPatterns;

/// <summary>The fields of a lock.</summary>
internal static class LockFields
{
    /// <summary>Who holds it.</summary>
    public const string Owner = "owner";

    /// <summary>When the lease ends.</summary>
    public const string Until = "until";

    /// <summary>The last fencing token.</summary>
    public const string Token = "token";

    /// <summary>How many have waited.</summary>
    public const string Came = "came";
}
