namespace RedisPatterns;

/// <summary>What is known of one command of a batch before it is sent. For stores.</summary>
/// <param name="Command">The command.</param>
/// <param name="IsCertain">
/// Whether it is sure to be carried out when the prechecks hold. If not, it can only be tried, and what the commands before
/// it wrote has to be taken back when it fails.
/// </param>
/// <param name="Written">The keys that it may change, once each.</param>
public sealed record BatchStep(StoreCommand Command, bool IsCertain, IReadOnlyList<StoreKey> Written);
