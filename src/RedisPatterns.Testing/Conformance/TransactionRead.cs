namespace RedisPatterns.Testing;

/// <summary>A read that an optimistic transaction is to hold.</summary>
/// <param name="Command">The read.</param>
/// <param name="Change">A command that changes its reply.</param>
/// <param name="Given">What is there before.</param>
internal sealed record TransactionRead(StoreCommand Command, StoreCommand Change, params StoreCommand[] Given);
