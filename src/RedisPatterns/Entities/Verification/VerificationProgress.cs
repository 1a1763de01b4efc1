namespace RedisPatterns;

/// <summary>How far a verification or a repair has come.</summary>
/// <param name="Share">The share that it has been through, 0 to 1, roughly: up to a half the entities, then the entries.</param>
/// <param name="Entities">How many entities were compared.</param>
/// <param name="Entries">How many index entries and claims were looked for.</param>
/// <param name="Found">How many differences were found.</param>
public readonly record struct VerificationProgress(double Share, long Entities, long Entries, long Found);
