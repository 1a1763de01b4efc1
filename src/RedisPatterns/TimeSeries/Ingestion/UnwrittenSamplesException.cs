namespace RedisPatterns;

/// <summary>A <see cref="SeriesWriter"/> was disposed, and the store did not take what it held. The samples are here.</summary>
public sealed class UnwrittenSamplesException : StoreException
{
    internal UnwrittenSamplesException(string message, Exception innerException, IReadOnlyList<NamedSample> samples, int uncertain, string operationId)
        : base(message, innerException) => (Samples, Uncertain, OperationId) = (samples, uncertain, operationId);

    /// <summary>The samples that were accepted and are not known to be written, in the order of their coming.</summary>
    public IReadOnlyList<NamedSample> Samples { get; }

    /// <summary>How many of the first may have been written: the batch that failed. The others were never sent.</summary>
    public int Uncertain { get; }

    /// <summary>What the batch that failed is remembered as: with it <see cref="KeyspaceTimeSeries.AddOnceAsync"/> writes the first <see cref="Uncertain"/> samples exactly once.</summary>
    public string OperationId { get; }
}
