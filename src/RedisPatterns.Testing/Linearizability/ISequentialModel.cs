namespace RedisPatterns.Testing;

/// <summary>What one operation at a time does: the meaning that a concurrent history is checked against.</summary>
/// <typeparam name="TState">The state; equal states must be equal by <see cref="object.Equals(object)"/>. Not changed in place.</typeparam>
/// <typeparam name="TInput">What is asked.</typeparam>
/// <typeparam name="TOutput">What is answered; compared by <see cref="object.Equals(object)"/>.</typeparam>
public interface ISequentialModel<TState, TInput, TOutput>
{
    /// <summary>The state before the first operation.</summary>
    TState Initial { get; }

    /// <summary>Carries out one operation.</summary>
    /// <param name="state">The state before it; not to be changed.</param>
    /// <param name="input">What is asked.</param>
    /// <returns>The state after it, and the only right answer.</returns>
    (TState State, TOutput Output) Apply(TState state, TInput input);
}
