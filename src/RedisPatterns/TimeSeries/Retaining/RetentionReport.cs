namespace RedisPatterns;

/// <summary>What retention has done.</summary>
/// <param name="Periods">How many periods of series were dropped.</param>
/// <param name="Samples">How many samples they had.</param>
public sealed record RetentionReport(long Periods, long Samples);
