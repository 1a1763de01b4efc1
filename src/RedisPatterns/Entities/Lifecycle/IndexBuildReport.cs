namespace RedisPatterns;

/// <summary>What the building of indexes did.</summary>
/// <param name="Read">How many entities were looked at, in this run and those that it went on from.</param>
/// <param name="Indexed">How many were put into the indexes; the others were in them already.</param>
/// <param name="Failed">How many could not be read; they are in no index.</param>
/// <param name="Failures">Those that could not, as far as this run met them and the options ask for; with the reason.</param>
/// <param name="Duplicates">The entities whose value another one holds in a unique index, which therefore is not ready; change or delete one of the two, and build again.</param>
/// <param name="Indexes">The model's indexes afterwards.</param>
/// <param name="Dropped">The indexes that nobody used any more and that were removed.</param>
/// <param name="WasResumed">Whether it went on where an earlier run had been stopped.</param>
public sealed record IndexBuildReport(
    long Read,
    long Indexed,
    long Failed,
    IReadOnlyList<UnreadableEntity> Failures,
    IReadOnlyList<IndexDuplicate> Duplicates,
    IReadOnlyList<IndexStatus> Indexes,
    IReadOnlyList<string> Dropped,
    bool WasResumed)
{
    /// <summary>Whether all indexes of the model answer.</summary>
    public bool IsReady => Indexes.All(index => index.State == IndexState.Ready || !index.IsDeclared);
}
