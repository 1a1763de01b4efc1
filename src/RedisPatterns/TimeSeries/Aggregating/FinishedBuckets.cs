namespace RedisPatterns;

/// <summary>Takes the buckets whose samples are all there, in the order of the read, and gives back buckets with values. None is empty.</summary>
internal abstract class FinishedBuckets
{
    /// <summary>Takes a bucket.</summary>
    public abstract void Add(long number, in SeriesSummary summary);

    /// <summary>No more come.</summary>
    public abstract void Complete();

    /// <summary>Gives the next bucket that has its value; false when there is none yet.</summary>
    public abstract bool TryTake(out (long Number, double Value) bucket);
}
