namespace RedisPatterns;

/// <summary>What a migration did.</summary>
/// <param name="Read">How many entities were read, in this run and those that it went on from.</param>
/// <param name="Upgraded">How many were upgraded; in a dry run, could be.</param>
/// <param name="Failed">How many could not be.</param>
/// <param name="Failures">Those that could not, as far as this run met them and the options ask for; with the reason.</param>
/// <param name="WasResumed">Whether it went on where an earlier run had been stopped.</param>
public sealed record MigrationReport(long Read, long Upgraded, long Failed, IReadOnlyList<UnreadableEntity> Failures, bool WasResumed);
