namespace RedisPatterns.Testing;

/// <summary>Decides whether a concurrent history is linearizable: whether every operation can be given one moment between its call and its return, so that the answers are those of one operation at a time.</summary>
/// <remarks>
/// The search of Wing and Gong with the memory of Lowe: operations that could come next are tried depth first, and a pair of
/// (operations that took effect, state) is visited once. Answers are checked, not only the last state. An operation without
/// an answer may take effect at any moment after its call, or never. The worst case is exponential in the number of
/// overlapping operations; a history of some dozens by a handful of clients takes well under a millisecond.
/// </remarks>
public static class LinearizabilityChecker
{
    /// <summary>Checks a history as a whole.</summary>
    /// <typeparam name="TState">The state of the model.</typeparam>
    /// <typeparam name="TInput">What is asked.</typeparam>
    /// <typeparam name="TOutput">What is answered.</typeparam>
    /// <param name="model">What one operation at a time does.</param>
    /// <param name="history">The operations, in any order.</param>
    public static LinearizabilityResult Check<TState, TInput, TOutput>(
        ISequentialModel<TState, TInput, TOutput> model,
        IEnumerable<Operation<TInput, TOutput>> history)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(history);
        return new LinearizationSearch<TState, TInput, TOutput>(model, [.. history]).Run();
    }

    /// <summary>Checks the history of each key by itself, which is the same and much faster when operations on different keys do not concern each other.</summary>
    /// <typeparam name="TState">The state of the model: that of one key.</typeparam>
    /// <typeparam name="TInput">What is asked.</typeparam>
    /// <typeparam name="TOutput">What is answered.</typeparam>
    /// <typeparam name="TKey">What divides the history.</typeparam>
    /// <param name="model">What one operation at a time does to one key.</param>
    /// <param name="history">The operations, in any order.</param>
    /// <param name="keyOf">The key that an operation is about.</param>
    /// <returns>The first result that is not linearizable, else one for all.</returns>
    public static LinearizabilityResult CheckByKey<TState, TInput, TOutput, TKey>(
        ISequentialModel<TState, TInput, TOutput> model,
        IEnumerable<Operation<TInput, TOutput>> history,
        Func<TInput, TKey> keyOf)
    {
        ArgumentNullException.ThrowIfNull(history);
        ArgumentNullException.ThrowIfNull(keyOf);
        long steps = 0;
        foreach (var part in history.GroupBy(operation => keyOf(operation.Input)))
        {
            var result = Check(model, part);
            steps += result.Steps;
            if (!result.IsLinearizable)
            {
                return result with { Explanation = $"Key {part.Key}: {result.Explanation}", Steps = steps };
            }
        }

        return new(true, null, steps);
    }
}
