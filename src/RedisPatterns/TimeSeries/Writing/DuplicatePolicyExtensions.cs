namespace RedisPatterns;

/// <summary>What becomes of two values of one moment.</summary>
internal static class DuplicatePolicyExtensions
{
    /// <summary>The value that stays; with <see cref="DuplicatePolicy.Block"/> the one that stands.</summary>
    /// <param name="policy">The policy.</param>
    /// <param name="standing">The value that is there.</param>
    /// <param name="arriving">The value that comes.</param>
    public static double Resolve(this DuplicatePolicy policy, double standing, double arriving) => policy switch
    {
        DuplicatePolicy.Last => arriving,
        DuplicatePolicy.Minimum => Math.Min(standing, arriving),
        DuplicatePolicy.Maximum => Math.Max(standing, arriving),
        DuplicatePolicy.Sum => standing + arriving,
        _ => standing,
    };
}
