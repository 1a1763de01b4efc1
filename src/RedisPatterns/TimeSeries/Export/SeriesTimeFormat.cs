namespace RedisPatterns;

/// <summary>How an export writes the moments of samples.</summary>
public enum SeriesTimeFormat
{
    /// <summary>As dates in UTC by ISO 8601, with milliseconds: <c>2026-11-29T12:00:00.000Z</c>.</summary>
    Iso8601,

    /// <summary>As milliseconds since 1970: <c>1795953600000</c>.</summary>
    Milliseconds,
}
