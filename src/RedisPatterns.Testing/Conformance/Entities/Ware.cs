namespace RedisPatterns.Testing;

/// <summary>An entity with something for every kind of index.</summary>
internal sealed record Ware(string Id)
{
    public string? Code { get; init; }

    public string? Region { get; init; }

    public string? Status { get; init; }

    public IReadOnlyList<string>? Labels { get; init; }

    public int Stock { get; init; }

    public decimal? Price { get; init; }

    public long Serial { get; init; }

    public WareGrade? Grade { get; init; }

    public DateTimeOffset Made { get; init; }

    public Guid Batch { get; init; }

    public bool IsOpen { get; init; }

    public string? Name { get; init; }

    public Place? Shelf { get; init; }

    public Spot? Spot { get; init; }

    public DateTimeOffset? Ends { get; init; }

    public long Version { get; init; }

    public static Ware Number(int number) => Random($"w{number:D4}", new Random(number * 7919));

    /// <summary>A ware made up, of few values each, so that many are equal.</summary>
    public static Ware Random(string id, Random random) => new(id)
    {
        Code = random.Next(5) == 0 ? null : $"{(random.Next(2) == 0 ? "k" : "K")}-{id}",
        Region = Pick(random, [null, "", "north", "north:east", "nort", "süd", "\U0001F600", "\uFF5E", "a,b+c;d"]),
        Status = Pick(random, [null, "active", "banned", "new"]),
        Labels = random.Next(6) == 0 ? null : [.. Enumerable.Range(0, random.Next(4)).Select(_ => $"l{random.Next(5)}")],
        Stock = random.Next(-3, 30),
        Price = Pick<decimal?>(random, [null, 0m, 0.1m, -0.1m, 12.50m, 12.5m, 79228162514264337593543950335m, -79228162514264337593543950335m, 0.0000000000000000000000000001m, 123456789012345.67m, 123456789012345.68m, 1m]),
        Serial = Pick(random, [0, 1, -1, 9007199254740992, 9007199254740993, 9007199254740994, long.MaxValue, long.MinValue, long.MaxValue - 1, 10, 100, -100]),
        Grade = Pick<WareGrade?>(random, [null, WareGrade.Sound, WareGrade.Prime, WareGrade.Poor]),
        Made = DateTimeOffset.UnixEpoch.AddDays(random.Next(-3, 20)).AddMilliseconds(random.Next(3)),
        Batch = new Guid(random.Next(3) * 1_000_000_007, 0, 0, [0, 0, 0, 0, 0, 0, 0, (byte)random.Next(3)]),
        IsOpen = random.Next(2) == 0,
        Name = Pick(random, [null, "", "Oak table", "Oak chair", "oaken chest", "Pine Table", "Table:lamp", "Ä lamp", "\ttab", "oak"]),
        Shelf = random.Next(4) == 0 ? null : new Place($"s{random.Next(3)}", random.Next(3)),
        Spot = Pick<Spot?>(random, [null, new(13.4, 52.5), new(13.5, 52.4), new(179.9, -17), new(-179.9, -17.1), new(0, 85), new(180, 0), new(-180, 0), new(0, 0), new(2.35, 48.85)]),
    };

    public bool Equals(Ware? other) => other is not null
        && (Id, Code, Region, Status, Stock, Price, Serial, Grade) == (other.Id, other.Code, other.Region, other.Status, other.Stock, other.Price, other.Serial, other.Grade)
        && (Made, Batch, IsOpen, Name, Shelf, Spot, Ends, Version) == (other.Made, other.Batch, other.IsOpen, other.Name, other.Shelf, other.Spot, other.Ends, other.Version)
        && (Labels is null) == (other.Labels is null) && (Labels ?? []).SequenceEqual(other.Labels ?? []);

    public override int GetHashCode() => HashCode.Combine(Id, Version);

    private static TValue Pick<TValue>(Random random, ReadOnlySpan<TValue> values) => values[random.Next(values.Length)];
}
