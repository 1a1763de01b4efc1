namespace RedisPatterns;

/// <summary>What the catalogue holds of a series.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Labels">Its labels.</param>
internal sealed record SeriesEntry(string Name, SortedDictionary<string, string> Labels);
