using System.Diagnostics.CodeAnalysis;

namespace RedisPatterns;

/// <summary>The outcome for one of many items.</summary>
/// <typeparam name="T">What a successful item answers.</typeparam>
/// <param name="Index">The place of the item, counted from 0.</param>
/// <param name="Value">The answer; <c>default</c> when the item failed.</param>
/// <param name="Error">Why the item failed; null when it did not. After a timeout it may have been written all the same.</param>
public readonly record struct BulkResult<T>(long Index, T? Value, StoreException? Error)
{
    /// <summary>Whether the item did not fail.</summary>
    [MemberNotNullWhen(false, nameof(Error))]
    public bool IsSuccess => Error is null;
}
