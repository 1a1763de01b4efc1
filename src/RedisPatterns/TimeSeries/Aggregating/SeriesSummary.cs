namespace RedisPatterns;

/// <summary>What is known of a stretch of samples without the samples: enough for every aggregator, also over several stretches.</summary>
/// <param name="Count">How many there are; where it is 0 nothing else has a meaning.</param>
/// <param name="FirstTime">The moment of the earliest.</param>
/// <param name="First">The value of the earliest.</param>
/// <param name="LastTime">The moment of the latest.</param>
/// <param name="Last">The value of the latest.</param>
/// <param name="Minimum">The least value.</param>
/// <param name="Maximum">The greatest value.</param>
/// <param name="Sum">The sum of the values.</param>
/// <param name="Squares">The sum of the squared distances of the values from their mean.</param>
/// <param name="Area">The integral over time of the straight lines between neighbours, in values times milliseconds.</param>
internal readonly record struct SeriesSummary(
    long Count, long FirstTime, double First, long LastTime, double Last, double Minimum, double Maximum, double Sum, double Squares, double Area);
