using RedisPatterns.Commands;

namespace RedisPatterns.StackExchangeRedis.Tests;

/// <summary>Draws ids, entities and values from few, so that they meet; the same seed draws the same.</summary>
internal sealed class EntityDice(long seed)
{
    private static readonly DateTimeOffset Past = new(2001, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly DateTimeOffset Future = new(2200, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly string[] Ids = ["a", "a", "a", "b", "b", "c", "x:y"];
    private static readonly string?[] Emails = ["a@x", "b@x", "c@x", "", "é,:x", null];
    private static readonly string?[] Statuses = ["open", "shut", "-,+", "", "null", "7", null];
    private static readonly string[] LabelTexts = ["red", "green", "-blue", "a,b", "\"q\\\"", ""];
    private static readonly decimal[] Decimals =
        [0, -0.0m, 1, -1, 0.1m, 0.2m, -0.30m, 10.50m, 99999999999999m, 123456789012345.5m, decimal.MaxValue, decimal.MinValue, 0.0000000000000000000000000001m, 1.000m];

    private static readonly double[] Doubles = [0, -0.0, 1, -1, 0.1, 0.2, 1e16, 1e-7, 1e300, double.MaxValue, double.Epsilon, -1.5e-10, 123456.789];
    private static readonly long[] Longs = [0, 1, -1, 7, 99_999_999_999_999, 100_000_000_000_000, 9_007_199_254_740_993, long.MaxValue, long.MinValue, -99_999_999_999_999];
    private static readonly int[] Ints = [0, 1, -1, 5, -7, int.MaxValue, int.MinValue];
    private static readonly string[] Texts = ["", "plain", "null", "-0", "1e5", "[1]", "{\"a\":1}", "\"q\"", "é€😀", "line\nbreak"];
    private static readonly int[] PadLengths = [0, 0, 10, 1_500, 2_600];

    // The dice must be repeatable, not secret.
#pragma warning disable CA5394
    private readonly Random _random = new(unchecked((int)((seed * 7_919) ^ (seed >> 32))));
    private int _times;

    public int Next(int count) => _random.Next(count);
#pragma warning restore CA5394

    public bool Chance(int percent) => Next(100) < percent;

    public T Pick<T>(IReadOnlyList<T> items) => items[Next(items.Count)];

    public T Word<T>()
        where T : struct, Enum => Pick(Enum.GetValues<T>());

    public T[] Some<T>(int least, int most, Func<T> draw) => [.. Enumerable.Range(0, least + Next(most - least + 1)).Select(_ => draw())];

    public string Id() => Pick(Ids);

    /// <summary>An address.</summary>
    /// <param name="onlyOf">Whose alone it is; null for one that others may get too.</param>
    public string? Email(string? onlyOf = null) => onlyOf is null ? Pick(Emails) : Chance(20) ? null : Chance(50) ? $"{onlyOf}@older" : $"é,{onlyOf}@older";

    public string? Status() => Pick(Statuses);

    public string Label() => Pick(LabelTexts);

    public string Text() => Pick(Texts);

    public int Int() => Chance(60) ? Next(9) - 3 : Pick(Ints);

    public int? Rank() => Chance(20) ? null : Int();

    public long Long() => Chance(40) ? Next(9) - 3 : Pick(Longs);

    public decimal Decimal() => Chance(30) ? Next(9) - 3 : Pick(Decimals);

    // What a range index can keep.
    public decimal Price() => Pick<decimal>([0, 1, -1, 0.5m, 10.50m, 2.25m]);

    public double Double() => Pick(Doubles);

    /// <summary>Null, long ago, or far away.</summary>
    public DateTimeOffset? EndsAt() => Next(5) switch
    {
        0 => Past.AddSeconds(Next(1_000)),
        1 or 2 => Future.AddMinutes(Next(1_000)),
        _ => null,
    };

    public DateTimeOffset LongAgo() => Past.AddSeconds(Next(1_000));

    /// <summary>An expiry: no two of a sequence are nearer than the tolerance, so that comparing them has one outcome.</summary>
    public (string Text, Expiry Expiry) End() => Next(8) switch
    {
        0 => ("persist", Expiry.Persist),
        1 => ("keep", Expiry.Keep),
        2 when LongAgo() is var moment => ($"at {moment:O}", Expiry.At(moment)),
        3 when Future.AddMinutes(Next(1_000)) is var moment => ($"at {moment:O}", Expiry.At(moment)),
        _ when TimeSpan.FromMinutes(2 * (((++_times * 37) % 400) + 4)) is var span => ($"after {span}", Expiry.After(span)),
        _ => ("keep", Expiry.Keep),
    };

    public Gadget Gadget(string id, string? emailOnlyOf = null) => new(
        id,
        Email(emailOnlyOf),
        Status(),
        Chance(15) ? null : Some(0, 3, Label),
        Rank(),
        Price(),
        Int(),
        Long(),
        Decimal(),
        Double(),
        Chance(30) ? null : Text(),
        Chance(30) ? null : Text(),
        Chance(20) ? null : Some(0, 3, Int),
        EndsAt(),
        new string('p', Pick(PadLengths)));
}
