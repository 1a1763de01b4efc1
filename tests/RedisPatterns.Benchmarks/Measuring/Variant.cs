namespace RedisPatterns.Benchmarks.Measuring;

/// <summary>One way of doing what a cell measures.</summary>
/// <param name="Name">The name in the table.</param>
/// <param name="Work">A worker: does operations, one after another, as long as the loop says.</param>
internal sealed record Variant(string Name, Func<Loop, int, Task> Work)
{
    /// <summary>Undoes, untimed, the operations from one number to before another; null where nothing needs undoing.</summary>
    public Func<long, long, Task>? Cleanup { get; init; }

    /// <summary>The greatest number of operations in flight at which it is measured.</summary>
    public int MaximumConcurrency { get; init; } = int.MaxValue;

    /// <summary>What it answers, as text that can be compared; null for what is not asked but done.</summary>
    public Func<Task<string>>? Answer { get; init; }

    /// <summary>Only for orientation: no bar is set by it.</summary>
    public bool IsOrientation { get; init; }
}
