using RedisPatterns.Commands;

namespace RedisPatterns.Testing;

/// <summary>Draws keys and values from a pool; the same seed draws the same.</summary>
internal sealed class Dice(long seed, Pool pool)
{
    private static readonly DateTimeOffset Past = new(2001, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly DateTimeOffset Future = new(2200, 1, 1, 0, 0, 0, TimeSpan.Zero);
#pragma warning disable CA5394 // The dice must be repeatable, not secret.
    private readonly Random _random = new(unchecked((int)(seed ^ (seed >> 32))));
    private int _times;
    private int _entries;

    public Pool Pool { get; } = pool;

    public int Next(int count) => _random.Next(count);

    public int Between(int least, int most) => _random.Next(least, most + 1);

    public double Fraction() => _random.NextDouble();
#pragma warning restore CA5394

    public bool Chance(int percent) => Next(100) < percent;

    public T Pick<T>(T[] items) => items[Next(items.Length)];

    public T Word<T>(int defaultPercent = 0)
        where T : struct, Enum => Chance(defaultPercent) ? default : Pick(Enum.GetValues<T>());

    public T[] Some<T>(int least, int most, Func<T> draw) => [.. Enumerable.Range(0, Between(least, most)).Select(_ => draw())];

    /// <summary>So many that a server changes to another way of storing them.</summary>
    public T[] Many<T>(Func<T> draw) => Some(100, 250, draw);

    /// <summary>A member out of many.</summary>
    public StoreValue Bulk() => Next(2) == 0 ? Next(1000) : $"m{Next(1000)}";

    /// <summary>Mostly a key that is meant for it, sometimes any.</summary>
    public StoreKey Key(KeyKind kind) => Next(20) switch
    {
        _ when kind == KeyKind.HyperLogLog => Pick(Pool.Of(kind)),
        0 or 1 => Pick(Pool.Mixed),
        2 => Pick(Pool.Strange),
        _ => Pick(Pool.Of(kind)),
    };

    public StoreKey Key() => Pick(Pool.Mixed);

    public StoreKey[] Keys(KeyKind kind, int most = 3) => Some(1, most, () => Key(kind));

    public StoreValue Value() => Chance(25) ? (StoreValue)Integer() : Pick(Pool.Values);

    public StoreValue Member() => Pick(Pool.Members);

    public StoreValue[] Members(int most = 4) => Some(1, most, Member);

    public long Integer() => Chance(70) ? Between(-5, 20) : Pick(Pool.Integers);

    public long Index() => Pick(Pool.Indexes);

    public int Count(int most = 5) => Chance(5) ? 1000 : Between(1, most);

    public double Number() => Chance(30) ? Between(-20, 20) : Pick(Pool.Doubles);

    public double Score() => Next(20) switch
    {
        0 => double.PositiveInfinity,
        1 => double.NegativeInfinity,
        _ => Number(),
    };

    public string? Pattern() => Chance(50) ? null : Pick(Pool.Patterns);

    public int? Page() => Chance(50) ? null : Between(1, 20);

    /// <summary>A time to live: no two of a sequence are nearer than the tolerance, so that comparing them has one outcome.</summary>
    public TimeSpan Span() => TimeSpan.FromMinutes(2 * Scattered());

    /// <summary>A moment in the past or in the far future.</summary>
    public DateTimeOffset Moment() => Chance(20) ? Past.AddSeconds(Next(1000)) : Chance(20) ? Future : Future.AddMinutes(2 * Scattered());

    public Expiry Expiry(bool keep) => Next(6) switch
    {
        0 or 1 => Span(),
        2 => Commands.Expiry.At(Moment()),
        3 when keep => Commands.Expiry.Keep,
        3 => Commands.Expiry.Persist,
        _ => Commands.Expiry.None,
    };

    /// <summary>The id of a stream entry: one of those that were drawn for adding, or one near them.</summary>
    public StreamId Id() => Next(10) switch
    {
        0 => StreamId.Zero,
        1 => new((ulong)Next(4), (ulong)Next(4)),
        2 => StreamId.MaxValue,
        _ => new((ulong)Next(_entries + 2), (ulong)Next(3)),
    };

    /// <summary>The id of a new stream entry: mostly greater than those before.</summary>
    public StreamId NewId()
    {
        _entries += Chance(60) ? 1 : 0;
        var id = Chance(85) ? new((ulong)_entries, (ulong)Next(3)) : Id();
        return id == StreamId.Zero || (id == StreamId.MaxValue && !Chance(5)) ? new(1, 0) : id;
    }

    // Multiples that come in no order: 1 to 4096 by an odd factor.
    private int Scattered() => ((++_times * 1237) % 4096) + 1;
}
