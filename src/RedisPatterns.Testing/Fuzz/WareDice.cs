namespace RedisPatterns.Testing;

/// <summary>Draws ids, wares and values from few, so that they meet; the same seed draws the same.</summary>
internal sealed class WareDice(long seed, int idCount, bool hasClock)
{
    private static readonly DateTimeOffset Past = new(2001, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly DateTimeOffset Future = new(2200, 1, 1, 0, 0, 0, TimeSpan.Zero);

    // Where a ManualTimeProvider begins.
    private static readonly DateTimeOffset Start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    // The order of UTF-8 is another than that of UTF-16, and that of ids another than that of their tokens.
    private static readonly string[] StrangeIds = ["a", "b", "a:b", "a0", "a%", "{x}", "x/y", " ", "\t", "é", "\uFF5E", "\U0001F600", "\uE000x", "\U00010000", "a,b", "W1", "\u007F"];
    private static readonly string?[] Regions = [null, "", "north", "north:east", "nort", "north\u0001", "süd", "\U0001F600", "\uFF5E", "\uD7FF", "\uE000", "a,b+c;d", "\t", "\u0000", "~", "+"];
    private static readonly string?[] Statuses = [null, "active", "active", "banned", "new", "", "a:b", "bann", "\uFF5E", "\U0001F600"];
    private static readonly string[] LabelTexts = ["l0", "l1", "l2", "l3", "l4", "", "a,b", "é"];
    private static readonly decimal?[] Prices =
    [
        null, 0m, 0.1m, -0.1m, 0.10m, 12.50m, 12.5m, 1m, -1m, 79228162514264337593543950335m, 79228162514264337593543950334m, -79228162514264337593543950335m,
        0.0000000000000000000000000001m, 0.0000000000000000000000000002m, -0.0000000000000000000000000001m, 1.2345678901234567890123456789m, 1.2345678901234567890123456788m,
        123456789012345.67m, 123456789012345.68m, -123456789012345.67m, 9007199254740993m, 9007199254740992m, 99.99m, 100m,
    ];

    private static readonly long[] Serials =
        [0, 1, -1, 9, 10, 11, 99, 100, -100, 9007199254740992, 9007199254740993, 9007199254740994, long.MaxValue, long.MinValue, long.MaxValue - 1, long.MinValue + 1, -9007199254740993, 1_000_000_000_000];

    private static readonly string?[] Names =
    [
        null, null, "", " ", "Oak table", "Oak chair", "oaken chest", "Pine Table", "Table:lamp", "Ä lamp", "\ttab", "oak", "oak\u0001", "oak+table", "oak,table;lamp", "OAK  table oak",
        "\uFF5E lamp", "\U0001F600 lamp", "\uD7FF", "\uE000 oak", "~", "lamp\u0000oak", "table\ttable", "o", new string('x', 1_500) + " oak",
    ];

    private static readonly string[] Beginnings =
        ["", "o", "oak", "oak ", "oak t", "table", "table:", "ä", "\t", "none", "oaken chest and more", "\uFF5E", "\U0001F600", "\uD7FF", "\uE000", "x", "xxxxxxxxxxxxxxxxxxxx", "+", "oak\u0001", "lamp", "lamp\u0000", "nort", "north", "a,", "ba", "act", "~"];

    private static readonly Spot?[] Spots =
    [
        null, null, new(13.4, 52.5), new(13.5, 52.4), new(179.9, -17), new(-179.9, -17.1), new(0, 85), new(180, 0), new(-180, 0), new(0, 0), new(2.35, 48.85),
        new(179.9999, 85.05), new(-179.9999, 85.04), new(90, -85.05), new(-90, -85.0), new(13.40001, 52.50001), new(-0.0001, 0.0002), new(180, 85.05112878), new(-180, -85.05112878),
    ];

    private static readonly Spot[] Centres =
        [new(13.4, 52.5), new(180, -17), new(-179.95, -17.03), new(0.3, 85), new(17, -85.05), new(0.1, 0.2), new(2, 48), new(179.99, 0.01), new(-179.99, -0.02), new(101.7, 85.05), new(-77.3, 12.9)];

    private static readonly double[] Distances = [0, 2.5, 150, 3_000, 15_000, 40_000, 900_000, 1_000_000, 5_000_000, 10_100_000, 19_000_000, 30_000_000];

#pragma warning disable CA5394 // The dice must be repeatable, not secret.
    private readonly Random _random = new(unchecked((int)((seed * 7_919) ^ (seed >> 32))));

    public int Next(int count) => _random.Next(count);
#pragma warning restore CA5394

    public bool Chance(int percent) => Next(100) < percent;

    public T Pick<T>(IReadOnlyList<T> items) => items[Next(items.Count)];

    public T[] Some<T>(int least, int most, Func<T> draw) => [.. Enumerable.Range(0, least + Next(most - least + 1)).Select(_ => draw())];

    public string Id() => Chance(15) ? Pick(StrangeIds) : $"w{Next(idCount)}";

    public string[] Ids(int least, int most) => [.. Some(least, most, Id).Distinct()];

    public string? Code() => Chance(20) ? null : $"{(Chance(50) ? "k" : "K")}{Next((2 * idCount) + 20)}";

    public string? Region() => Pick(Regions);

    public string? Status() => Pick(Statuses);

    public string Label() => Pick(LabelTexts);

    public string? Shelf() => Chance(20) ? null : $"s{Next(3)}";

    public int Stock() => Chance(5) ? Pick([int.MaxValue, int.MinValue]) : Next(33) - 3;

    public decimal? Price() => Pick(Prices);

    public long Serial() => Pick(Serials);

    public WareGrade? Grade() => Pick<WareGrade?>([null, WareGrade.Sound, WareGrade.Prime, WareGrade.Poor]);

    public Guid Batch() => new(Next(3) * 1_000_000_007, 0, (short)Next(2), [0, 0, 0, 0, 0, 0, 0, (byte)(Next(3) * 100)]);

    public string? Name() => Pick(Names);

    public string Beginning() => Pick(Beginnings);

    public Spot? Spot() => Pick(Spots);

    public Spot Centre() => Pick(Centres);

    public double Metres() => Pick(Distances);

    public DateTimeOffset Made() => Chance(4) ? Pick([DateTimeOffset.MinValue, DateTimeOffset.MaxValue]) : Day().ToOffset(TimeSpan.FromHours(Next(3) - 1));

    /// <summary>An end that an entity has in itself.</summary>
    public DateTimeOffset? Ends() => Next(12) switch
    {
        0 => Past.AddSeconds(Next(1_000)),
        1 => Future.AddMinutes(Next(1_000)),
        2 or 3 when hasClock => Start.AddSeconds(Next(600)),
        4 => DateTimeOffset.UnixEpoch.AddSeconds(1),
        _ => null,
    };

    /// <summary>An end that a call gives.</summary>
    public FuzzEnd End() => Next(7) switch
    {
        0 => new('K'),
        1 => new('N'),
        2 => new('T', Moment: Past.AddSeconds(Next(1_000))),
        3 => new('T', Moment: Future.AddMinutes(Next(1_000))),
        4 when hasClock => new('T', Moment: Start.AddSeconds(Next(600))),
        5 when hasClock => new('A', TimeSpan.FromSeconds(1 + Next(60))),
        _ => new('A', TimeSpan.FromHours(1 + Next(1_000))),
    };

    public FuzzEnd? EndOrNone(int percent) => Chance(percent) ? End() : null;

    public Ware Ware(string id, string? code) => new(id)
    {
        Code = code,
        Region = Region(),
        Status = Status(),
        Labels = Chance(15) ? null : Some(0, 3, Label),
        Stock = Stock(),
        Price = Price(),
        Serial = Serial(),
        Grade = Grade(),
        Made = Made(),
        Batch = Batch(),
        IsOpen = Chance(50),
        Name = Name(),
        Shelf = Shelf() is { } shelf ? new Place(shelf, Next(3)) : null,
        Spot = Spot(),
        Ends = Ends(),
    };

    public Ware Ware(string id) => Ware(id, Code());

    private DateTimeOffset Day() => DateTimeOffset.UnixEpoch.AddDays(Next(12) - 3).AddTicks(Next(3) * TimeSpan.TicksPerMillisecond).AddTicks(Chance(30) ? Next(3) : 0);
}
