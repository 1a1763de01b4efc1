namespace RedisPatterns.Benchmarks.Measuring;

/// <summary>How long calls of scripts held the server, in microseconds.</summary>
/// <param name="Calls">How many calls of scripts one operation made.</param>
/// <param name="Mean">The mean of all calls, without the slow log.</param>
/// <param name="High">What 99 of 100 calls do not exceed.</param>
/// <param name="Longest">The longest call.</param>
internal sealed record HeldTime(double Calls, double Mean, long High, long Longest);
