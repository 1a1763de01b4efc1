namespace RedisPatterns;

/// <summary>A series by its name and labels.</summary>
/// <param name="Name">The name, which no other series of the set has.</param>
/// <param name="Labels">What is said of it, by the names of the labels.</param>
public sealed record LabelledSeries(string Name, IReadOnlyDictionary<string, string> Labels);
