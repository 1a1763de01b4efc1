namespace RedisPatterns;

/// <summary>What an operation came to.</summary>
/// <typeparam name="TResult">The type of the result.</typeparam>
/// <param name="Value">The result: that of the first run.</param>
/// <param name="IsFirst">Whether this call has run it; false when the result was there already.</param>
public readonly record struct IdempotentResult<TResult>(TResult Value, bool IsFirst);
