namespace RedisPatterns;

/// <summary>What became of an entity whose index entries were to be written anew.</summary>
/// <param name="Exists">Whether there is one.</param>
/// <param name="Duplicates">The unique indexes in which another entity holds its value.</param>
internal readonly record struct ReindexOutcome(bool Exists, IReadOnlyCollection<string> Duplicates);
