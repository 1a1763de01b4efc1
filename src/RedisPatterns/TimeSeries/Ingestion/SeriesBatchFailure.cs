namespace RedisPatterns;

/// <summary>A batch of a <see cref="SeriesWriter"/> that could not be written within the bounds of its attempts.</summary>
/// <param name="Error">What the last attempt failed with.</param>
/// <param name="Samples">The samples of the batch, in the order of their coming. Some may have been written.</param>
/// <param name="OperationId">What the batch is remembered as: to write it yourself, give both to <see cref="KeyspaceTimeSeries.AddOnceAsync"/>.</param>
/// <param name="Attempts">How often it was tried since the last pause.</param>
public sealed record SeriesBatchFailure(Exception Error, IReadOnlyList<NamedSample> Samples, string OperationId, int Attempts);
