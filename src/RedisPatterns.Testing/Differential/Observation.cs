namespace RedisPatterns.Testing;

/// <summary>Something that a store was seen to answer.</summary>
/// <param name="Step">The index of the step, or -1 for the contents afterwards.</param>
/// <param name="What">What was asked.</param>
/// <param name="Rule">How it is compared.</param>
/// <param name="Reply">The answer.</param>
internal readonly record struct Observation(int Step, object What, ReplyRule Rule, StoreReply Reply);
