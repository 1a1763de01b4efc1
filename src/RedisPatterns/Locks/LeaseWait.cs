using System.Buffers.Binary;
using System.Runtime.CompilerServices;

namespace RedisPatterns;

/// <summary>Asks for a lease until it is there, or nobody waits for it any longer.</summary>
internal static class LeaseWait
{
    private const int FirstRestShare = 16;
    private const int LettersOfFirst = 12;
    private const string Letters = "abcdefghijklmnopqrstuvwxyz234567";

    /// <summary>A name that nobody else has. Drawn from the system each time: a process may be one of several that were restored from one image.</summary>
    public static string NewOwner() => string.Create(LockValue.OwnerLength, Guid.NewGuid(), static (name, drawn) =>
    {
        // Seven bytes and a half of the first half are drawn, and seven of the second: the others tell the kind of Guid.
        Span<byte> bytes = stackalloc byte[16];
        drawn.TryWriteBytes(bytes);
        var (first, second) = (BinaryPrimitives.ReadUInt64LittleEndian(bytes), BinaryPrimitives.ReadUInt64LittleEndian(bytes[8..]) >> 8);
        for (var i = 0; i < name.Length; i++)
        {
            ref var bits = ref i < LettersOfFirst ? ref first : ref second;
            name[i] = Letters[(int)(bits & 31)];
            bits >>= 5;
        }
    });

    /// <summary>Asks for a lease at least once, and as long as is waited for it.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The time is negative.</exception>
    public static ValueTask<Lease?> TryAcquireAsync(LeaseClaim claim, TimeSpan wait, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(wait, TimeSpan.Zero);
        return AcquireAsync(claim, wait, cancellationToken);
    }

    /// <summary>Asks for a lease as long as it takes.</summary>
    public static async ValueTask<Lease> AcquireAsync(LeaseClaim claim, CancellationToken cancellationToken) =>
        (await AcquireAsync(claim, null, cancellationToken).ConfigureAwait(false))!;

    /// <summary>Asks for a lease.</summary>
    /// <param name="claim">What is asked.</param>
    /// <param name="wait">How long to wait for it; null for as long as it takes.</param>
    /// <param name="cancellationToken">Gives up waiting; the lease is not kept then.</param>
    /// <returns>The lease, or null when the time has passed.</returns>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public static async ValueTask<Lease?> AcquireAsync(LeaseClaim claim, TimeSpan? wait, CancellationToken cancellationToken)
    {
        var (options, clock) = (claim.Options, claim.Options.TimeProvider);
        var began = clock.GetTimestamp();
        var rest = options.Rest / FirstRestShare;
        var mayBeThere = true;
        try
        {
            while (true)
            {
                var asked = clock.GetTimestamp();
                var left = wait - clock.GetElapsedTime(began);
                var isLast = left <= TimeSpan.Zero;
                mayBeThere = true;
                var reply = await claim.Store.EvaluateAsync(claim.Ask(waits: !isLast), cancellationToken).ConfigureAwait(false);
                mayBeThere = claim.IsQueued && reply.Token == 0;
                if (reply.Token > 0)
                {
                    return new Lease(claim, reply.Token, asked);
                }

                // Looked at also where nobody waits: it tells whether there is something instead.
                if (claim.Settles(reply) || isLast)
                {
                    return null;
                }

                // Another may give it back sooner than its lease lasts, but nobody holds it longer without a renewal.
                var pause = Min(rest * (1 - (Random.Shared.NextDouble() / 2)), reply.Left);
                await Task.Delay(left is { } limit ? Min(pause, limit) : pause, clock, cancellationToken).ConfigureAwait(false);
                rest = Min(rest * 2, options.Rest);
            }
        }
        finally
        {
            // What failed may have been done; and one who waits no longer leaves the queue.
            if (mayBeThere)
            {
                await GiveBackAsync(claim).ConfigureAwait(false);
            }
        }
    }

    private static async ValueTask GiveBackAsync(LeaseClaim claim)
    {
        try
        {
            await claim.Store.EvaluateAsync(claim.GiveBack(), CancellationToken.None).ConfigureAwait(false);
        }
        catch (StoreException)
        {
            // Then it ends with its lifetime, and the caller is told of the first failure.
        }
    }

    private static TimeSpan Min(TimeSpan one, TimeSpan other) => one < other ? one : other;
}
