namespace RedisPatterns.Benchmarks.Cells;

/// <summary>The same transfer as a function.</summary>
internal sealed class TransferFunctions : FunctionLibrary
{
    private TransferFunctions()
        : base("bench", version: 1) => Transfer = Function("transfer", TransferScript.Instance);

    public static TransferFunctions Instance { get; } = new();

    public AtomicScript<bool> Transfer { get; }
}
