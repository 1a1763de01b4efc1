namespace RedisPatterns;

/// <summary>What became of samples that were added.</summary>
/// <param name="Written">How many were written, or merged with one of their moment by the duplicate policy.</param>
/// <param name="Ignored">How many were left out as <see cref="TimeSeriesOptions.Ignore"/> says.</param>
/// <param name="Refused">The places, in the call, of those that <see cref="DuplicatePolicy.Block"/> refused; ascending.</param>
public sealed record SeriesAddReport(long Written, long Ignored, IReadOnlyList<int> Refused);
