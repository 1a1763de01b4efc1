namespace RedisPatterns;

/// <summary>A stretch of the calendar, in UTC.</summary>
public enum Period
{
    /// <summary>An hour.</summary>
    Hour,

    /// <summary>A day.</summary>
    Day,

    /// <summary>A week from Monday to Sunday, numbered as ISO 8601 does.</summary>
    Week,

    /// <summary>A month.</summary>
    Month,

    /// <summary>A year.</summary>
    Year,
}
