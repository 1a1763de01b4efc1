using System.Security.Cryptography;
using RedisPatterns.Commands;

namespace RedisPatterns;

/// <summary>Locks of a keyspace, one for each resource, held by one process at a time. Thread-safe; hold it.</summary>
/// <remarks>
/// A lease ends when it is disposed, or when its lifetime passes without a renewal, by the server's clock. A process that
/// stands still longer than that is overtaken: what must not be done by two goes through
/// <see cref="Repository{T, TModel}.GuardedBy"/>, <see cref="Lease.Condition"/> or <see cref="Lease.FencingToken"/>, which
/// refuse the one that was overtaken. What a lock on Redis can not promise is on its page.
/// </remarks>
public sealed class KeyspaceLock
{
    private const int FirstRestShare = 16;
    private const int RestsOfPatience = 8;
    private const long LeastPatience = 5_000;

    private readonly Keyspace _keyspace;
    private readonly LockOptions _options;
    private readonly StoreValue _lifetime;
    private readonly StoreValue _kept;

    internal KeyspaceLock(Keyspace keyspace, string name, LockOptions options)
    {
        KeyGrammar.ThrowIfBadName(name, "a lock");
        (_keyspace, Name, _options) = (keyspace, name, options);
        (_lifetime, _kept) = (Milliseconds(options.Lifetime), Milliseconds(options.Lifetime) + LockScripts.Kept);
    }

    /// <summary>The name.</summary>
    public string Name { get; }

    /// <summary>Takes the lock if it is free, or becomes free within a time.</summary>
    /// <param name="resource">What is locked; any text that is not empty.</param>
    /// <param name="wait">How long to wait for it; not at all unless given.</param>
    /// <param name="cancellationToken">Gives up waiting; the lock is not kept then.</param>
    /// <returns>The lease; null when another has the lock. One round trip for each time that is asked.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The time is negative.</exception>
    /// <exception cref="StoreException">The store failed. If the lock was taken all the same, it is given back; if that fails too, it ends with its lifetime.</exception>
    public ValueTask<Lease?> TryAcquireAsync(string resource, TimeSpan wait = default, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(resource);
        ArgumentOutOfRangeException.ThrowIfLessThan(wait, TimeSpan.Zero);
        return WaitAsync(resource, wait, cancellationToken);
    }

    /// <summary>Takes the lock, and waits for it as long as it takes.</summary>
    /// <param name="resource">What is locked; any text that is not empty.</param>
    /// <param name="cancellationToken">Gives up waiting; the lock is not kept then.</param>
    /// <returns>The lease. One round trip for each time that is asked.</returns>
    /// <exception cref="StoreException">The store failed. If the lock was taken all the same, it is given back; if that fails too, it ends with its lifetime.</exception>
    public async ValueTask<Lease> AcquireAsync(string resource, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(resource);
        return (await WaitAsync(resource, null, cancellationToken).ConfigureAwait(false))!;
    }

    /// <summary>Whether somebody has the lock. One round trip; may be otherwise a moment later.</summary>
    /// <param name="resource">What is locked.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    public async ValueTask<bool> IsHeldAsync(string resource, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(resource);
        return await _keyspace.Store.EvaluateAsync(LockScripts.IsHeld.With([KeyOf(resource)]), cancellationToken).ConfigureAwait(false);
    }

    /// <summary>The name.</summary>
    public override string ToString() => Name;

    private StoreKey KeyOf(string resource) => KeyGrammar.Lock(_keyspace.Tag, Name, resource);

    private async ValueTask<Lease?> WaitAsync(string resource, TimeSpan? wait, CancellationToken cancellationToken)
    {
        var key = KeyOf(resource);
        var owner = RandomNumberGenerator.GetString("abcdefghijklmnopqrstuvwxyz234567", LockValue.OwnerLength);
        var (clock, began) = (_options.TimeProvider, _options.TimeProvider.GetTimestamp());
        var rest = _options.Rest / FirstRestShare;
        var mayBeThere = true;
        try
        {
            while (true)
            {
                var asked = clock.GetTimestamp();
                var left = wait - clock.GetElapsedTime(began);
                var isLast = left <= TimeSpan.Zero;
                mayBeThere = true;
                var reply = await _keyspace.Store.EvaluateAsync(Ask(key, owner, waits: !isLast), cancellationToken).ConfigureAwait(false);
                mayBeThere = _options.IsFair && reply.Token == 0;
                if (reply.Token > 0)
                {
                    return new Lease(_keyspace.Store, key, Name, resource, owner, reply.Token, asked, _options);
                }

                if (isLast)
                {
                    return null;
                }

                // Another may release it sooner than its lease lasts, but nobody holds it longer without a renewal.
                var pause = Min(rest * (1 - (Random.Shared.NextDouble() / 2)), reply.Left);
                await Task.Delay(left is { } limit ? Min(pause, limit) : pause, clock, cancellationToken).ConfigureAwait(false);
                rest = Min(rest * 2, _options.Rest);
            }
        }
        finally
        {
            // What failed may have been done; and one who waits no longer leaves the queue.
            if (mayBeThere)
            {
                await GiveBackAsync(key, owner).ConfigureAwait(false);
            }
        }
    }

    private ScriptCall<LockReply> Ask(StoreKey key, string owner, bool waits) => _options.IsFair
        ? LockScripts.AcquireFairly.With(
            FairKeys(key),
            [owner, _lifetime, _kept, waits ? LockScripts.Waits : "", Math.Max(LeastPatience, RestsOfPatience * Milliseconds(_options.Rest))])
        : LockScripts.Acquire.With([key], [owner, _lifetime, _kept]);

    private async ValueTask GiveBackAsync(StoreKey key, string owner)
    {
        try
        {
            await _keyspace.Store.EvaluateAsync(GiveBack(key, owner, _options.IsFair), CancellationToken.None).ConfigureAwait(false);
        }
        catch (StoreException)
        {
            // Then it ends with its lifetime, and the caller is told of the first failure.
        }
    }

    internal static ScriptCall<bool> GiveBack(StoreKey key, string owner, bool isFair) =>
        isFair ? LockScripts.ReleaseFairly.With(FairKeys(key), [owner]) : LockScripts.Release.With([key], [owner]);

    private static StoreKey[] FairKeys(StoreKey key) => [key, KeyGrammar.LockQueue(key.ToString()), KeyGrammar.LockWaits(key.ToString())];

    internal static long Milliseconds(TimeSpan time) => (long)Math.Ceiling(time.TotalMilliseconds);

    private static TimeSpan Min(TimeSpan one, TimeSpan other) => one < other ? one : other;
}
