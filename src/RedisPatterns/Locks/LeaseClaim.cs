namespace RedisPatterns;

/// <summary>What one who wants a lease says to the store, from asking for it to giving it back.</summary>
/// <param name="store">The store.</param>
/// <param name="key">The lock, or the set of those who hold a permit.</param>
/// <param name="owner">Who asks: a name that nobody else has.</param>
/// <param name="name">The name of the lock.</param>
/// <param name="resource">What is locked.</param>
/// <param name="options">How the lease is taken and kept.</param>
internal abstract class LeaseClaim(IKeyValueStore store, StoreKey key, string owner, string name, string resource, LockOptions options)
{
    private const int RestsOfPatience = 8;
    private const long LeastPatience = 5_000;

    public IKeyValueStore Store => store;

    public string Name => name;

    public string Resource => resource;

    public LockOptions Options => options;

    /// <summary>Whether one who waits is remembered by the store.</summary>
    public abstract bool IsQueued { get; }

    /// <summary>Holds as long as the lease is still the owner's.</summary>
    public abstract BatchCondition Condition { get; }

    /// <summary>The same for writes of entities.</summary>
    public abstract LeaseFence Fence { get; }

    protected StoreKey Key => key;

    protected string Owner => owner;

    /// <summary>How long a lease lives, in milliseconds.</summary>
    protected StoreValue Lifetime => Milliseconds(options.Lifetime);

    /// <summary>How long its keys are kept, in milliseconds.</summary>
    protected StoreValue KeptFor => Milliseconds(options.Lifetime) + LockScripts.Kept;

    /// <summary>For how long one who waits is waited for that does not ask again, in milliseconds.</summary>
    protected StoreValue Patience => Math.Max(LeastPatience, RestsOfPatience * Milliseconds(options.Rest));

    /// <summary>Asks for the lease. Asking again is safe.</summary>
    /// <param name="waits">Whether it will ask again when it does not get it.</param>
    public abstract ScriptCall<LockReply> Ask(bool waits);

    /// <summary>Whether an answer says that nobody need ask any more, although there is no lease.</summary>
    public virtual bool Settles(LockReply reply) => false;

    /// <summary>Lets the lifetime begin anew; tells whether the lease is still the owner's.</summary>
    public abstract ScriptCall<bool> Renew();

    /// <summary>Gives the lease back, if it is the owner's, and waits for it no longer.</summary>
    public abstract ScriptCall<bool> GiveBack();

    private static long Milliseconds(TimeSpan time) => (long)Math.Ceiling(time.TotalMilliseconds);
}
