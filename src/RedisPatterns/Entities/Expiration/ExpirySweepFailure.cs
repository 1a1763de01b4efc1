namespace RedisPatterns;

/// <summary>A sweep of an <see cref="ExpirySweeper"/> that failed. The next run tries again.</summary>
/// <param name="Model">The name of the model.</param>
/// <param name="Error">What went wrong.</param>
public readonly record struct ExpirySweepFailure(string Model, Exception Error);
