namespace RedisPatterns.Commands;

/// <summary>When the place of a member is set.</summary>
public enum GeoWhen
{
    /// <summary>Always.</summary>
    Always,

    /// <summary>Only when the member is absent. <c>NX</c>.</summary>
    Absent,

    /// <summary>Only when the member is there. <c>XX</c>.</summary>
    Exists,
}
