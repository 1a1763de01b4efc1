namespace RedisPatterns;

/// <summary>The outcome of work on many items, each of which succeeded or failed on its own.</summary>
/// <typeparam name="T">What a successful item answers.</typeparam>
public sealed class BulkReport<T>
{
    private const int KeptErrors = 10;

    internal BulkReport(BulkResult<T>[] results, int failed)
    {
        Results = results;
        Failed = failed;
    }

    /// <summary>The outcomes, in the order of the items.</summary>
    public IReadOnlyList<BulkResult<T>> Results { get; }

    /// <summary>How many items succeeded.</summary>
    public int Succeeded => Results.Count - Failed;

    /// <summary>How many items failed.</summary>
    public int Failed { get; }

    /// <summary>Throws when an item failed.</summary>
    /// <exception cref="BulkException">At least one did; it holds the first ten errors.</exception>
    public void ThrowIfAnyFailed()
    {
        if (Failed > 0)
        {
            throw new BulkException(Succeeded, Failed, [.. Results.Where(result => !result.IsSuccess).Take(KeptErrors).Select(result => result.Error!)]);
        }
    }
}
