namespace RedisPatterns.Commands;

/// <summary>When a time to live is set.</summary>
public enum ExpireWhen
{
    /// <summary>Always.</summary>
    Always,

    /// <summary>Only when there is none. <c>NX</c>.</summary>
    NoExpiry,

    /// <summary>Only when there is one. <c>XX</c>.</summary>
    HasExpiry,

    /// <summary>Only when the new one ends later than the present one; none counts as endless. <c>GT</c>.</summary>
    Later,

    /// <summary>Only when the new one ends sooner than the present one; none counts as endless. <c>LT</c>.</summary>
    Sooner,
}
