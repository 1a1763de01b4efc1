namespace RedisPatterns;

/// <summary>How a step is remembered.</summary>
/// <param name="Key">The key that does.</param>
/// <param name="Outcome">What became of the samples of the step, as it is kept.</param>
/// <param name="Lifetime">How long.</param>
internal sealed record StepMemory(StoreKey Key, string Outcome, TimeSpan Lifetime)
{
    /// <summary>What keeps it, for a step that is a batch.</summary>
    public StoreCommand Command => Commands.Strings.Set(Key, Outcome, Commands.Expiry.After(Lifetime));
}
