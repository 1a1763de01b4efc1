namespace RedisPatterns;

/// <summary>A message that came through a channel.</summary>
/// <param name="Channel">The channel that it was sent to.</param>
/// <param name="Payload">What was sent.</param>
public readonly record struct StoreMessage(StoreValue Channel, StoreValue Payload);
