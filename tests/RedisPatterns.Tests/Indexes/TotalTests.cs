using System.Globalization;
using System.Text.Json.Serialization;
using RedisPatterns.InMemory;

namespace RedisPatterns.Tests.Indexes;

/// <summary>What totals are made of: periods, groups and units.</summary>
public sealed class TotalTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(Period.Hour, "2026-11-29T10", "2026-11-29 10:00", "2026-11-29 11:00")]
    [InlineData(Period.Day, "2026-11-29", "2026-11-29 00:00", "2026-11-30 00:00")]
    [InlineData(Period.Week, "2026-W48", "2026-11-23 00:00", "2026-11-30 00:00")]
    [InlineData(Period.Month, "2026-11", "2026-11-01 00:00", "2026-12-01 00:00")]
    [InlineData(Period.Year, "2026", "2026-01-01 00:00", "2027-01-01 00:00")]
    public void Periods_are_of_the_calendar_in_UTC(Period period, string text, string start, string end)
    {
        var moment = new DateTimeOffset(2026, 11, 29, 12, 59, 59, TimeSpan.FromHours(2));
        Assert.Equal(text, period.TextOf(moment));
        Assert.Equal(DateTimeOffset.Parse(start + "Z", CultureInfo.InvariantCulture), period.StartOf(moment));
        Assert.Equal(DateTimeOffset.Parse(end + "Z", CultureInfo.InvariantCulture), period.EndOf(period.StartOf(moment)));
        Assert.Equal(text, period.TextOf(period.StartOf(moment)));
        Assert.NotEqual(text, period.TextOf(period.EndOf(period.StartOf(moment))));
        Assert.Equal(text, period.TextOf(period.EndOf(period.StartOf(moment)).AddTicks(-1)));
    }

    [Fact]
    public void A_week_belongs_to_the_year_of_its_Thursday()
    {
        Assert.Equal("2020-W53", Period.Week.TextOf(new(2021, 1, 3, 23, 0, 0, TimeSpan.Zero)));
        Assert.Equal("2021-W01", Period.Week.TextOf(new(2021, 1, 4, 0, 0, 0, TimeSpan.Zero)));
        Assert.Throws<ArgumentOutOfRangeException>(() => ((Period)9).StartOf(DateTimeOffset.UnixEpoch));
    }

    [Fact]
    public void Every_type_of_group_is_read_back()
    {
        Check("a/b:c,{d}\0", "", "é", "\uD800");
        Check('x', ':');
        Check(true, false);
        Check(int.MinValue, 0, 7);
        Check(long.MaxValue);
        Check((byte)3);
        Check(ulong.MaxValue);
        Check(12.50m, -0.0001m, decimal.MaxValue);
        Check(1e300, double.NegativeInfinity, double.NaN, 0.1);
        Check(0.1f, float.MaxValue);
        Check(DayOfWeek.Friday, (DayOfWeek)17);
        Check(NumberStyles.AllowCurrencySymbol | NumberStyles.AllowDecimalPoint);
        Check(Guid.NewGuid());
        Check(new DateTimeOffset(2026, 11, 29, 1, 2, 3, TimeSpan.Zero).AddTicks(1));
        Check(new DateTime(2026, 11, 29, 1, 2, 3, DateTimeKind.Utc).AddTicks(1));
        Check(new DateOnly(2026, 11, 29));
        Check(new TimeOnly(1, 2, 3, 4));
        Check(TimeSpan.FromTicks(-123456789012345));
        Check(Ulid.Parse("01ARZ3NDEKTSV4RRFFQ69G5FAV"));
        Check(System.Numerics.BigInteger.Pow(10, 40), -1);
        Check(Int128.MinValue);
        Check<int?>(5);
        Check<DayOfWeek?>(DayOfWeek.Monday);
        Check(("a/b", DayOfWeek.Monday), ("", DayOfWeek.Sunday));
        Check<(int?, string, Guid, DateOnly)>((1, "x", Guid.Empty, new DateOnly(1, 1, 1)));
        Assert.Throws<NotSupportedException>(() => GroupText.Read<Version>("1.2"));

        static void Check<TGroup>(params TGroup[] groups)
        {
            foreach (var group in groups)
            {
                Assert.Equal(group, GroupText.Read<TGroup>(IndexToken.Of(group, Model.PerName)!));
            }
        }
    }

    [Fact]
    public void Every_value_in_order_is_read_back()
    {
        var random = new Random(29);
        Check("", "a:b;c+d,e", "\0\t\n", "\uD7FF", "\uD800x", "\U00010000");
        Check('+', 'x');
        Check(true, false);
        Check(Guid.NewGuid());
        Check(DayOfWeek.Friday, (DayOfWeek)(-3));
        Check(0, 36, -36, int.MinValue, int.MaxValue);
        Check(0m, 36.5m, -0.001m, decimal.MaxValue, decimal.MinValue, 0.0000000000000000000000000001m);
        Check(double.PositiveInfinity, double.NegativeInfinity, double.Epsilon, double.MaxValue, 0.1, -1e-5);
        Check(float.NegativeInfinity, 0.1f);
        Check(Half.PositiveInfinity, (Half)0.5);
        Check(DateTimeOffset.MinValue, DateTimeOffset.MaxValue, new DateTimeOffset(2026, 11, 29, 1, 2, 3, TimeSpan.Zero));
        Check(new DateTime(2026, 11, 29, 1, 2, 3, DateTimeKind.Utc).AddTicks(10));
        Check(DateOnly.MinValue, new DateOnly(2026, 11, 29));
        Check(TimeOnly.MinValue, new TimeOnly(13, 5), TimeOnly.MaxValue);
        Check(TimeSpan.MinValue, TimeSpan.Zero, TimeSpan.FromSeconds(1));
        Check(Ulid.Parse("01ARZ3NDEKTSV4RRFFQ69G5FAV"));
        Check(System.Numerics.BigInteger.Pow(10, 300), System.Numerics.BigInteger.MinusOne);
        Check<decimal?>(1.5m);
        for (var i = 0; i < 5_000; i++)
        {
            Check(new decimal(random.Next(), random.Next(), random.Next(2) * random.Next(), random.Next(2) == 0, (byte)random.Next(29)));
            Check(BitConverter.Int64BitsToDouble(random.NextInt64(long.MinValue, long.MaxValue)));
        }

        static void Check<TValue>(params TValue[] values)
        {
            foreach (var value in values.Where(value => value is not double.NaN))
            {
                Assert.Equal(value, OrderedTextReader.Read<TValue>(OrderedText.Of(value, descending: false, Model.PerName)));
            }
        }
    }

    [Fact]
    public void Sums_keep_every_decimal_and_refuse_more()
    {
        var cents = TotalUnits.Decimals(2);
        Assert.Equal(1_250, cents.Write(12.5m, Model.PerName));
        Assert.Equal("12.50", cents.Read(1_250).ToString(CultureInfo.InvariantCulture));
        Assert.Equal(-92_233_720_368_547_758.08m, cents.Read(long.MinValue));
        Assert.Equal(92_233_720_368_547_758.07m, cents.Read(long.MaxValue));
        Assert.Throws<IndexValueException>(() => cents.Write(0.005m, Model.PerName));
        Assert.Throws<IndexValueException>(() => cents.Write(decimal.MaxValue, Model.PerName));
        Assert.Throws<ArgumentOutOfRangeException>(() => TotalUnits.Decimals(10));
    }

    [Fact]
    public void A_total_tells_what_it_is()
    {
        Assert.Equal(("c:per-name", IndexKind.Count, "item.per-name"), (Model.PerName.Definition, Model.PerName.Kind, Model.PerName.ToString()));
        Assert.Equal("S:worth-per-day=2d", Model.WorthPerDay.Definition);
        Assert.Equal("C:per-hour~3=h", Model.PerHour.Definition);
        Assert.Equal(IndexKind.Sum, Model.WorthPerDay.Kind);
        Assert.Equal(IndexKind.Extremes, Model.Prices.Kind);
        Assert.Throws<ArgumentOutOfRangeException>(() => new BadModel());
    }

    [Fact]
    public async Task More_groups_and_periods_than_one_call_takes_keep_their_places()
    {
        const int Count = 2_300;
        await using var store = new InMemoryKeyValueStore();
        var items = store.Keyspace("k").Repository<Item, ItemModel>(new ItemModel());
        for (var i = 0; i < Count; i++)
        {
            await items.InsertAsync(new Item($"i{i}", $"n{i % 2_000}", 1, DateTimeOffset.UnixEpoch.AddHours(i)), Cancellation);
        }

        string[] names = [.. Enumerable.Range(0, Count).Select(i => $"n{i}")];
        var expected = Enumerable.Range(0, Count).Select(i => i < 300 ? 2L : i < 2_000 ? 1L : 0L).ToArray();
        Assert.Equal(expected, await items.TotalsAsync(m => m.PerName, names!, Cancellation));
        var all = (await items.TotalsAsync(m => m.PerName, Cancellation)).ToDictionary(total => total.Group!, total => total.Value);
        Assert.Equal(expected, names.Select(name => all.GetValueOrDefault(name)));
        Assert.Equal(2_000, all.Count);
        var hours = await items.TotalsAsync(m => m.PerHour, DateTimeOffset.UnixEpoch.AddHours(-1), DateTimeOffset.UnixEpoch.AddHours(Count), Cancellation);
        Assert.Equal([0, .. Enumerable.Repeat(1L, Count), 0], hours.Select(hour => hour.Value));
    }

    [Fact]
    public async Task A_total_of_another_model_is_refused()
    {
        await using var store = new InMemoryKeyValueStore();
        var items = store.Keyspace("k").Repository<Item, ItemModel>(new ItemModel());
        await Assert.ThrowsAsync<ModelException>(async () => await items.TotalAsync(_ => Model.PerName, "x", Cancellation));
        await Assert.ThrowsAsync<ArgumentNullException>(async () => await items.TotalsAsync(m => m.PerName, null!, Cancellation));
    }

    private static readonly ItemModel Model = new();

    internal sealed record Item(string Id, string? Name, decimal Price, DateTimeOffset At);

    private sealed class ItemModel : EntityModel<Item>
    {
        public ItemModel()
            : base("item", item => item.Id, TotalJson.Default.Item)
        {
            PerName = Count("per-name", item => item.Name);
            PerHour = Count("per-hour", Period.Hour, item => item.At, revision: 3);
            WorthPerDay = Sum("worth-per-day", item => item.Price, Period.Day, item => item.At, decimals: 2);
            Prices = Extremes("price", item => item.Price, item => item.Name);
        }

        public GroupTotal<Item, string?, long> PerName { get; }

        public PeriodTotal<Item, long> PerHour { get; }

        public PeriodTotal<Item, decimal> WorthPerDay { get; }

        public GroupExtremes<Item, string?, decimal> Prices { get; }
    }

    private sealed class BadModel : EntityModel<Item>
    {
        public BadModel()
            : base("item", item => item.Id, TotalJson.Default.Item) => Count("per-age", (Period)77, item => item.At);
    }
}

[JsonSerializable(typeof(TotalTests.Item))]
internal sealed partial class TotalJson : JsonSerializerContext;
