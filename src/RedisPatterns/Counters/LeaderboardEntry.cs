namespace RedisPatterns;

/// <summary>A member of a leaderboard.</summary>
/// <param name="Member">The member.</param>
/// <param name="Score">Its score.</param>
/// <param name="Rank">1 for the best; members of equal score have the same rank, and the next one counts them all: 1, 2, 2, 4.</param>
public readonly record struct LeaderboardEntry(string Member, double Score, long Rank);
