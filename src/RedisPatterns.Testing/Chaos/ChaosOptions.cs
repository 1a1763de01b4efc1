namespace RedisPatterns.Testing;

/// <summary>What a <see cref="ChaosStore"/> does.</summary>
public sealed class ChaosOptions
{
    /// <summary>The seed of the dice: the same seed and the same sequence of calls give the same faults. Default: 1.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>The rules; for each call they are asked in order. Default: none.</summary>
    /// <remarks>Every delay that strikes is waited for; the first other fault that strikes ends the call.</remarks>
    public IReadOnlyList<ChaosRule> Rules { get; init; } = [];
}
