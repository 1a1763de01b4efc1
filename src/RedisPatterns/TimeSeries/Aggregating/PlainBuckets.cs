namespace RedisPatterns;

/// <summary>Buckets that have the value of their own samples.</summary>
internal sealed class PlainBuckets(Aggregator aggregator) : FinishedBuckets
{
    private readonly Queue<(long Number, double Value)> _waiting = new();

    public override void Add(long number, in SeriesSummary summary) => _waiting.Enqueue((number, summary.ValueOf(aggregator)));

    public override void Complete()
    {
    }

    public override bool TryTake(out (long Number, double Value) bucket) => _waiting.TryDequeue(out bucket);
}
