namespace RedisPatterns;

/// <summary>What a query did.</summary>
internal sealed class QueryWork(bool tellsEstimates)
{
    /// <summary>Calls of the store.</summary>
    public int Calls { get; set; }

    /// <summary>Index entries that were gone through.</summary>
    public long Touched { get; private set; }

    /// <summary>The plan of the first call.</summary>
    public string Plan { get; private set; } = "";

    /// <summary>What the first call knew.</summary>
    public IReadOnlyList<long> Estimates { get; private set; } = [];

    /// <summary>Adds a call.</summary>
    public void Add(QueryReply reply)
    {
        Calls++;
        Touched += reply.Touched;
        if (Calls == 1)
        {
            Plan = reply.Plan;
            Estimates = tellsEstimates ? Array.ConvertAll(reply.Told, Replies.ToInt64) : [];
        }
    }
}
