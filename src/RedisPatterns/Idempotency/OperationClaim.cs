namespace RedisPatterns;

/// <summary>Wants to run an operation, or to know what it came to.</summary>
/// <param name="store">The store.</param>
/// <param name="key">The operation.</param>
/// <param name="name">The name of the operations.</param>
/// <param name="operationId">Its id.</param>
/// <param name="options">How the lease is taken and kept.</param>
internal sealed class OperationClaim(IKeyValueStore store, StoreKey key, string name, string operationId, LockOptions options)
    : LockClaim(store, key, LeaseWait.NewOwner(), name, operationId, options)
{
    /// <summary>What is kept of it; null while it is not known to have ended.</summary>
    public StoreValue Kept { get; private set; }

    public override bool IsQueued => false;

    public override ScriptCall<LockReply> Ask(bool waits) => OperationScripts.Begin.With([Key], Owner, Lifetime, KeptFor, "");

    public override bool Settles(LockReply reply)
    {
        Kept = reply.Kept;
        return !Kept.IsNull;
    }

    /// <summary>Keeps the result; tells whether it is kept.</summary>
    public ScriptCall<bool> Complete(StoreValue result, TimeSpan retention) => OperationScripts.Complete.With([Key], Owner, result, (long)retention.TotalMilliseconds);
}
