namespace RedisPatterns;

/// <summary>
/// How a store that can not roll back carries out an <see cref="AtomicBatch"/> all or nothing: what it checks before the
/// first write, and which commands may fail nevertheless. For stores.
/// </summary>
public sealed class BatchPlan
{
    private BatchPlan(IReadOnlyList<Precheck> prechecks, IReadOnlyList<BatchStep> steps)
    {
        Prechecks = prechecks;
        Steps = steps;
        for (var i = 0; i < steps.Count; i++)
        {
            // Nothing has to be taken back when no command before it wrote.
            NeedsRollback |= !steps[i].IsCertain && HasWriteBefore(i);
            HasDoubts |= !steps[i].IsCertain;
        }

        foreach (var precheck in prechecks)
        {
            HasDoubts |= !precheck.IsDecisive || precheck.Kind is PrecheckKind.Float or PrecheckKind.HashFloat or PrecheckKind.HyperLogLog;
        }
    }

    /// <summary>What must be true of the data before the batch, in the order of the commands.</summary>
    public IReadOnlyList<Precheck> Prechecks { get; }

    /// <summary>The commands.</summary>
    public IReadOnlyList<BatchStep> Steps { get; }

    /// <summary>Whether a command may fail after others have written, although all prechecks hold.</summary>
    public bool NeedsRollback { get; }

    /// <summary>
    /// Whether a command may fail although all prechecks hold, or a precheck may be undecided: whether a text that looks odd
    /// is a number, or a HyperLogLog is sound.
    /// </summary>
    public bool HasDoubts { get; }

    /// <summary>Works out the plan of a batch.</summary>
    /// <param name="batch">The batch.</param>
    public static BatchPlan Create(AtomicBatch batch)
    {
        ArgumentNullException.ThrowIfNull(batch);
        var planner = new BatchPlanner();
        foreach (var reply in batch.Replies)
        {
            planner.Add(reply.Command);
        }

        return new BatchPlan(planner.Prechecks, planner.Steps);
    }

    private bool HasWriteBefore(int index)
    {
        for (var i = 0; i < index; i++)
        {
            if (Steps[i].Written.Count > 0)
            {
                return true;
            }
        }

        return false;
    }
}
