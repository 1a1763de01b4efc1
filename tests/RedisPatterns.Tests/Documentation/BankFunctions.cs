namespace RedisPatterns.Tests.Documentation;

// snippet: functions
internal sealed class BankFunctions : FunctionLibrary
{
    // Raise the version whenever a function changes.
    private BankFunctions()
        : base("bank", version: 3)
    {
        Transfer = Function("transfer", BankScripts.Transfer);
        Balance = Function("balance", BankScripts.Balance);
    }

    public static BankFunctions Instance { get; } = new();

    public AtomicScript<Transfer, bool> Transfer { get; }

    public AtomicScript<StoreKey, long> Balance { get; }
}

// end-snippet
