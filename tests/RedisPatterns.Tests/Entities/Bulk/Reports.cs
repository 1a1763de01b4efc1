namespace RedisPatterns.Tests.Entities.Bulk;

/// <summary>Keeps what it is told, at once and in order.</summary>
internal sealed class Reports : IProgress<BulkProgress>
{
    public List<BulkProgress> All { get; } = [];

    public void Report(BulkProgress value) => All.Add(value);
}
