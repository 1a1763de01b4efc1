using System.Security.Cryptography;

namespace RedisPatterns;

/// <summary>Makes <see cref="Ulid"/>s, each greater than the one before. Thread-safe; hold one for the life of an application.</summary>
/// <remarks>
/// The first id of a millisecond has 80 random bits; those that follow in the same millisecond count the random part up by
/// one, as the specification's monotonic mode does, so from one of them the next can be guessed. When the clock steps back,
/// the generator stays in the latest millisecond that it has seen. When the random part can not be counted up, it goes on to
/// the next millisecond rather than fail. Ids of two generators are in the order of their milliseconds only.
/// </remarks>
public sealed class UlidGenerator
{
    private readonly TimeProvider _timeProvider;
    private readonly Lock _lock = new();
    private Ulid? _last;

    /// <summary>A generator.</summary>
    /// <param name="timeProvider">The clock; <see cref="TimeProvider.System"/> unless given.</param>
    /// <param name="after">An id that all ids come after, such as the last one of an earlier run; null for none.</param>
    public UlidGenerator(TimeProvider? timeProvider = null, Ulid? after = null)
    {
        _timeProvider = timeProvider ?? TimeProvider.System;
        _last = after;
    }

    /// <summary>The next id.</summary>
    /// <exception cref="InvalidOperationException">There is no greater id: the last one was <see cref="Ulid.MaxValue"/>.</exception>
    public Ulid Next()
    {
        lock (_lock)
        {
            var now = Math.Max(0, _timeProvider.GetUtcNow().ToUnixTimeMilliseconds());
            var next = _last is not { } last || now > last.UnixMilliseconds ? Random(now)
                : last.IsLastOfMillisecond ? Random(last.UnixMilliseconds + 1)
                : last.Next();
            _last = next;
            return next;
        }
    }

    private static Ulid Random(long unixMilliseconds)
    {
        if (unixMilliseconds > Ulid.MaxUnixMilliseconds)
        {
            throw new InvalidOperationException("There is no ULID after the last one.");
        }

        Span<byte> randomness = stackalloc byte[10];
        RandomNumberGenerator.Fill(randomness);
        return new Ulid(unixMilliseconds, randomness);
    }
}
