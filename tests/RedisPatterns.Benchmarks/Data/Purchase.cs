using System.Globalization;

namespace RedisPatterns.Benchmarks.Data;

/// <summary>A purchase that is counted by status and city, and summed by day.</summary>
internal sealed record Purchase(string Id, string Status, string City, DateTimeOffset At, long Cents, string Note)
{
    private static readonly string[] Statuses = ["open", "paid", "sent", "back"];
    private static readonly string[] Cities = [.. Enumerable.Range(0, 50).Select(number => "city" + number.ToString(CultureInfo.InvariantCulture))];
    private static readonly string LongNote = new('n', 200);

    /// <summary>A purchase as it is after so many changes: another status, city and day with each.</summary>
    public static Purchase Number(long number, long change) => new(
        "o" + number.ToString(CultureInfo.InvariantCulture),
        Statuses[(number + change) % Statuses.Length],
        Cities[((number * 7) + (change * 3)) % Cities.Length],
        DateTimeOffset.UnixEpoch.AddDays(20_000 + ((number + change) % 30)),
        100 + ((number + change) % 900),
        LongNote);
}
