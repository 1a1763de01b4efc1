namespace RedisPatterns;

/// <summary>What is known of a series.</summary>
/// <param name="Series">Its name and labels.</param>
/// <param name="Engine">How its samples lie.</param>
/// <param name="Samples">How many samples it has; duplicates count once.</param>
/// <param name="Keys">How many keys hold them.</param>
/// <param name="First">The moment of the earliest, in milliseconds since 1970; null when there is none.</param>
/// <param name="Last">The moment of the latest; null when there is none.</param>
public sealed record SeriesInfo(LabelledSeries Series, SeriesEngine Engine, long Samples, long Keys, long? First, long? Last);
