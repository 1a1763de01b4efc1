using System.Globalization;

namespace RedisPatterns.Testing;

/// <summary>Something that is counted and summed.</summary>
internal sealed record Sale(string Id, SaleStatus? Status, string? Region, decimal? Amount, long Quantity, DateTimeOffset? SoldAt, long Version = 0)
{
    public static DateTimeOffset FirstDay { get; } = new(2026, 11, 27, 22, 0, 0, TimeSpan.Zero);

    private static readonly string?[] Regions = ["north", "south", "a/b:c", "", "Zürich,", null];

    /// <summary>One of many, which are the same in every run.</summary>
    public static Sale Number(int number) => Random(new Random(number), "s" + number.ToString("D4", CultureInfo.InvariantCulture));

    /// <summary>Any.</summary>
    public static Sale Random(Random random, string id) => new(
        id,
        random.Next(10) == 0 ? null : (SaleStatus)random.Next(3),
        Regions[random.Next(Regions.Length)],
        random.Next(10) == 0 ? null : random.Next(-50_000, 1_000_000) / 100m,
        random.Next(-3, 20),
        random.Next(10) == 0 ? null : FirstDay.AddMinutes(random.Next(6 * 60)));
}
