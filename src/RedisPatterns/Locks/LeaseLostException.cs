namespace RedisPatterns;

/// <summary>A write under a lease was refused, since the lease is no longer the holder's: it was released, or ran out and another took the lock. Nothing was written.</summary>
public sealed class LeaseLostException : StoreException
{
    /// <summary>The failure.</summary>
    /// <param name="name">The name of the lock.</param>
    public LeaseLostException(string name)
        : base($"{name}: the lease is no longer held; nothing was written.") => Lock = name;

    /// <summary>The name of the lock.</summary>
    public string Lock { get; }
}
