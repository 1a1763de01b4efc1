using System.Text.Json.Serialization;
using RedisPatterns.InMemory;

namespace RedisPatterns.Tests.Documentation;

// snippet: totals-model
public sealed record Booking(string Id, string Status, string City, decimal Total, DateTimeOffset PlacedAt);

public sealed class BookingModel : EntityModel<Booking>
{
    public BookingModel()
        : base("booking", booking => booking.Id, BookingJson.Default.Booking)
    {
        var status = Field("status", booking => booking.Status);
        var total = Field("total", booking => booking.Total);
        var placedAt = Field("placedAt", booking => booking.PlacedAt);
        PerStatus = Count("per-status", status);
        Revenue = Sum("revenue", booking => booking.Total, booking => booking.City, decimals: 2);
        RevenuePerDay = Sum("revenue-per-day", booking => booking.Total, Period.Day, booking => booking.PlacedAt, decimals: 2, from: [total, placedAt]);
        Totals = Extremes("total", booking => booking.Total, booking => booking.City);
    }

    public GroupTotal<Booking, string, long> PerStatus { get; }

    public GroupTotal<Booking, string, decimal> Revenue { get; }

    public PeriodTotal<Booking, decimal> RevenuePerDay { get; }

    public GroupExtremes<Booking, string, decimal> Totals { get; }
}
// end-snippet

/// <summary>Totals of bookings, as the documentation shows them.</summary>
public sealed class BookingTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Totals_follow_the_bookings()
    {
        var cancellationToken = Cancellation;
        await using var store = new InMemoryKeyValueStore();
        var monday = new DateTimeOffset(2026, 11, 23, 12, 0, 0, TimeSpan.Zero);
        var sunday = monday.AddDays(6);

        // snippet: totals-read
        var bookings = store.Keyspace("shop").Repository<Booking, BookingModel>(new BookingModel());
        await bookings.InsertAsync(new Booking("b1", "open", "Oslo", 19.90m, monday), cancellationToken);
        await bookings.InsertAsync(new Booking("b2", "open", "Rome", 5.10m, sunday), cancellationToken);
        await bookings.UpdateAsync(new Booking("b1", "paid", "Oslo", 24.90m, monday), cancellationToken);

        long open = await bookings.TotalAsync(m => m.PerStatus, "open", cancellationToken);          // 1
        decimal oslo = await bookings.TotalAsync(m => m.Revenue, "Oslo", cancellationToken);         // 24.90
        var cities = await bookings.TotalsAsync(m => m.Revenue, cancellationToken);                  // Oslo 24.90, Rome 5.10
        var week = await bookings.TotalsAsync(m => m.RevenuePerDay, monday, sunday, cancellationToken); // seven days
        var totals = await bookings.ExtremesAsync(m => m.Totals, "Oslo", cancellationToken);         // 24.90 to 24.90
        // end-snippet

        Assert.Equal((1, 24.90m), (open, oslo));
        Assert.Equal([new("Oslo", 24.90m), new("Rome", 5.10m)], cities.OrderBy(city => city.Group));
        Assert.Equal([24.90m, 0, 0, 0, 0, 0, 5.10m], week.Select(day => day.Value));
        Assert.Equal(new Extremes<decimal>(24.90m, 24.90m), totals);

        // snippet: totals-recount
        var report = await bookings.RecountAsync(cancellationToken: cancellationToken);
        foreach (var drift in report.Differences)
        {
            Console.WriteLine($"{drift.Total} {drift.Group}: {drift.Stored} was {drift.Counted}");
        }

        await using var nightly = new RecountSchedule(new() { Interval = TimeSpan.FromDays(1) }).Add(bookings);
        // end-snippet

        Assert.True(report.IsClean);
    }
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(Booking))]
internal sealed partial class BookingJson : JsonSerializerContext;
