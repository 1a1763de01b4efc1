namespace RedisPatterns;

/// <summary>What an engine knows of a series.</summary>
/// <param name="Samples">How many samples there are.</param>
/// <param name="Keys">How many keys hold them.</param>
/// <param name="First">The moment of the earliest; null when there is none.</param>
/// <param name="Last">The moment of the latest; null when there is none.</param>
internal readonly record struct StorageFacts(long Samples, long Keys, long? First, long? Last);
