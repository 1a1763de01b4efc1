using RedisPatterns.Testing;

namespace RedisPatterns.StackExchangeRedis.Tests.Linearizability;

/// <summary>Something that several clients do at the same time: what they ask, how it is done, and what it means.</summary>
internal abstract class Scenario<TState> : ISequentialModel<TState, Call, string>
{
    /// <summary>The state before the first call; that of one subject when <see cref="IsBySubject"/>.</summary>
    public abstract TState Initial { get; }

    /// <summary>Whether calls on different subjects do not concern each other.</summary>
    public virtual bool IsBySubject => false;

    /// <summary>What is done in memory of it: the meaning.</summary>
    public abstract (TState State, string Output) Apply(TState state, Call input);

    /// <summary>Draws the next call of a client.</summary>
    /// <param name="dice">The dice.</param>
    /// <param name="last">What the client was answered last, or null.</param>
    /// <param name="mark">A value that no other call has.</param>
    public abstract Call Next(Random dice, string? last, string mark);

    /// <summary>Does it.</summary>
    /// <param name="store">The client's store.</param>
    /// <param name="history">The name of the history: its data is kept apart by it.</param>
    /// <param name="call">What is asked.</param>
    /// <param name="mark">A value that no other call has.</param>
    public abstract Task<string> DoAsync(IKeyValueStore store, string history, Call call, string mark);
}
