namespace RedisPatterns;

/// <summary>Some of many items failed; the others were carried out. The message says how many.</summary>
public sealed class BulkException : StoreException
{
    /// <summary>The failure.</summary>
    /// <param name="succeeded">How many items succeeded.</param>
    /// <param name="failed">How many items failed.</param>
    /// <param name="errors">The errors of the first of them, in the order of the items; the first one becomes the inner exception.</param>
    public BulkException(int succeeded, int failed, IReadOnlyList<StoreException> errors)
        : base($"{failed} of {(long)succeeded + failed} items failed.", errors is [var first, ..] ? first : null)
    {
        ArgumentNullException.ThrowIfNull(errors);
        Succeeded = succeeded;
        Failed = failed;
        Errors = errors;
    }

    /// <summary>How many items succeeded.</summary>
    public int Succeeded { get; }

    /// <summary>How many items failed.</summary>
    public int Failed { get; }

    /// <summary>The errors of the first items that failed, in the order of the items; all outcomes are in the report.</summary>
    public IReadOnlyList<StoreException> Errors { get; }
}
