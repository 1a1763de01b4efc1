using System.Text;
using RedisPatterns.Commands;

namespace RedisPatterns.Testing;

/// <summary>What every store promises about the kinds of indexes: the answers and the order of a plain list of entities.</summary>
public class IndexKindConformance : WareConformance
{
    private const int Many = 240;

    /// <summary>The suite for entities that are whole documents.</summary>
    public IndexKindConformance()
        : this(ConformanceLayouts.Document)
    {
    }

    private protected IndexKindConformance(EntityLayout layout, int partitions = 1)
        : base(layout, Cases, partitions)
    {
    }

    private static IEnumerable<ConformanceTest> Cases =>
    [
        new(Unique_values_are_one_or_several, StoreFeatures.Scripts),
        new(Exact_ranges_keep_every_digit, StoreFeatures.Scripts),
        new(Composites_give_equality_comparison_and_order, StoreFeatures.Scripts),
        new(Texts_are_found_by_their_beginning, StoreFeatures.Scripts),
        new(Places_are_found_by_distance, StoreFeatures.Scripts),
        new(Sparse_nested_and_computed_values_are_indexed, StoreFeatures.Scripts),
        new(Kinds_are_joined, StoreFeatures.Scripts),
        new(Every_kind_follows_updates_and_deletes, StoreFeatures.Scripts),
    ];

    private static async Task Unique_values_are_one_or_several(ConformanceContext c)
    {
        var wares = Wares(c);
        var one = await wares.InsertAsync(new Ware("a") { Code = "k1", Region = "north/east" }, c.CancellationToken);
        Equal("code", (await ThrowsAsync<DuplicateValueException>(async () => await wares.InsertAsync(new Ware("b") { Code = "K1" }, c.CancellationToken))).Index);
        Equal(one, await wares.FindAsync(m => m.ByCode, "K1", c.CancellationToken));
        Equal(null, await wares.FindAsync(m => m.ByCode, "k1", c.CancellationToken));
        Equal(one, await wares.FindAsync(m => m.ByRegionCode, ("north/east", "k1"), c.CancellationToken));
        Equal(null, await wares.FindAsync(m => m.ByRegionCode, ("north", "east/k1"), c.CancellationToken));
        Equal(null, await wares.FindAsync(m => m.ByRegionCode, (null, "k1"), c.CancellationToken));

        // Null, alone or in a tuple, claims nothing.
        await wares.InsertAsync(new Ware("c") { Region = "north/east" }, c.CancellationToken);
        await wares.InsertAsync(new Ware("d") { Region = "north/east" }, c.CancellationToken);
        Equal(["a"], await wares.Query(m => m.ByCode.Is("K1") & m.ByRegion.Is("north/east")).ToIdsAsync(c.CancellationToken));
        Equal(0L, await wares.Query(m => m.ByCode.AnyOf("K2", null)).CountAsync(c.CancellationToken));
        EqualInAnyOrder(["c", "d"], await wares.Query(m => !m.ByCode.Is("K1")).ToIdsAsync(c.CancellationToken));

        // A value that its owner has given up, and one whose owner is gone, can be taken.
        await wares.UpdateAsync(one with { Code = "k9" }, c.CancellationToken);
        await wares.InsertAsync(new Ware("e") { Code = "k1" }, c.CancellationToken);
        await wares.DeleteAsync("a", cancellationToken: c.CancellationToken);
        await wares.InsertAsync(new Ware("f") { Code = "k9" }, c.CancellationToken);
        True((await wares.VerifyAsync(c.CancellationToken)).IsClean);
    }

    private static async Task Exact_ranges_keep_every_digit(ConformanceContext c)
    {
        var (wares, all) = await FillAsync(c, Many);
        await CheckAsync(c, wares, all, m => m.ByPrice.Exists(), x => x.Price is not null);
        await CheckAsync(c, wares, all, m => m.ByPrice.Is(12.5m), x => x.Price == 12.5m);
        await CheckAsync(c, wares, all, m => m.ByPrice.Is(null), _ => false);
        await CheckAsync(c, wares, all, m => m.ByPrice.GreaterThan(123456789012345.67m), x => x.Price > 123456789012345.67m);
        await CheckAsync(c, wares, all, m => m.ByPrice.Between(-0.1m, 0m), x => x.Price is >= -0.1m and <= 0m);
        await CheckAsync(c, wares, all, m => m.ByPrice.Between(null, 0m), x => x.Price <= 0m);
        await CheckAsync(c, wares, all, m => m.ByPrice.LessThan(-0.1m), x => x.Price < -0.1m);
        foreach (var serial in all.Select(x => x.Serial).Distinct())
        {
            await CheckAsync(c, wares, all, m => m.BySerial.Is(serial), x => x.Serial == serial);
            await CheckAsync(c, wares, all, m => m.BySerial.AtMost(serial), x => x.Serial <= serial);
            await CheckAsync(c, wares, all, m => m.BySerial.GreaterThan(serial), x => x.Serial > serial);
        }

        Equal(Ordered(all, x => x.Serial), await wares.Query().OrderBy(m => m.BySerial).ToIdsAsync(c.CancellationToken));
        Equal(Ordered(all.Where(x => x.Price is not null), x => x.Price), await wares.Query().OrderBy(m => m.ByPrice).ToIdsAsync(c.CancellationToken));
        Equal(Ordered(all.Where(x => x.Price is not null), x => x.Price).Reverse(), await wares.Query().OrderByDescending(m => m.ByPrice).ToIdsAsync(c.CancellationToken));
    }

    private static async Task Composites_give_equality_comparison_and_order(ConformanceContext c)
    {
        var (wares, all) = await FillAsync(c, Many);
        await CheckAsync(c, wares, all, m => m.ByStatusStock.Is("active"), x => x.Status == "active");
        await CheckAsync(c, wares, all, m => m.ByStatusStock.Is(null), x => x.Status is null);
        await CheckAsync(c, wares, all, m => m.ByStatusStock.Is("active", 7), x => x is { Status: "active", Stock: 7 });
        await CheckAsync(c, wares, all, m => m.ByStatusStock.Is("active").Between(3, 9), x => x is { Status: "active", Stock: >= 3 and <= 9 });
        await CheckAsync(c, wares, all, m => m.ByStatusStock.Is("banned").LessThan(0), x => x is { Status: "banned", Stock: < 0 });
        await CheckAsync(c, wares, all, m => m.ByStatusStock.AtLeast("b"), x => string.CompareOrdinal(x.Status, "b") >= 0 && x.Status is not null);
        await CheckAsync(c, wares, all, m => m.ByStatusStock.StartsWith("ba"), x => x.Status?.StartsWith("ba", StringComparison.Ordinal) == true);
        await CheckAsync(c, wares, all, m => m.ByGradeMade.Is(WareGrade.Poor).GreaterThan(DateTimeOffset.UnixEpoch), x => x.Grade == WareGrade.Poor && x.Made > DateTimeOffset.UnixEpoch);
        await CheckAsync(c, wares, all, m => m.ByGradeMade.AtMost(WareGrade.Sound), x => x.Grade <= WareGrade.Sound);
        await CheckAsync(c, wares, all, m => m.ByGradeMade.Exists(), x => x.Grade is not null);
        await CheckAsync(c, wares, all, m => m.ByRegion.Is("north"), x => x.Region == "north");
        await CheckAsync(c, wares, all, m => m.ByRegion.Is("").Is(true), x => x is { Region: "", IsOpen: true });
        await CheckAsync(c, wares, all, m => m.ByRegion.StartsWith("nort"), x => x.Region?.StartsWith("nort", StringComparison.Ordinal) == true);
        await CheckAsync(c, wares, all, m => m.ByRegion.GreaterThan("north"), x => x.Region is not null && Utf8(x.Region).SequenceCompareTo(Utf8("north")) > 0);
        var some = all.First(x => x is { Region: not null, Name: not null });
        var beginning = some.Name![..(some.Name!.Length / 2)];
        await CheckAsync(
            c,
            wares,
            all,
            m => m.ByRegion.Is(some.Region).Is(some.IsOpen).Is(some.Batch).StartsWith(beginning),
            x => (x.Region, x.IsOpen, x.Batch) == (some.Region, some.IsOpen, some.Batch) && x.Name?.StartsWith(beginning, StringComparison.Ordinal) == true);
        Equal(
            all.OrderBy(x => x.Grade).ThenByDescending(x => x.Made).ThenBy(x => x.Id, StringComparer.Ordinal).Select(x => x.Id),
            await wares.Query().OrderBy(m => m.ByGradeMade).ToIdsAsync(c.CancellationToken));
        Equal(
            all.OrderByDescending(x => x.Region is null ? [] : Utf8(x.Region + " ").ToArray(), ByteOrder).ThenBy(x => x.IsOpen).ThenByDescending(x => x.Batch)
                .ThenBy(x => x.Name is null ? [] : Utf8("x" + x.Name).ToArray(), ByteOrder).ThenBy(x => x.Id, StringComparer.Ordinal).Select(x => x.Id),
            await wares.Query().OrderBy(m => m.ByRegion).ToIdsAsync(c.CancellationToken));
        Equal(
            all.Where(x => x.Status == "new").OrderByDescending(x => x.Stock).ThenByDescending(x => x.Id, StringComparer.Ordinal).Take(15).Select(x => x.Id),
            await wares.Query(m => m.ByStatusStock.Is("new")).OrderByDescending(m => m.ByStatusStock).Take(15).ToIdsAsync(c.CancellationToken));
    }

    private static async Task Texts_are_found_by_their_beginning(ConformanceContext c)
    {
        var (wares, all) = await FillAsync(c, Many);
        foreach (var text in new[] { "", "o", "oak", "oak ", "oak t", "table:", "ä", "\t", "none", "oaken chest and more" })
        {
            await CheckAsync(c, wares, all, m => m.ByName.StartsWith(text), x => x.Name?.ToLowerInvariant().StartsWith(text, StringComparison.Ordinal) == true);
            await CheckAsync(c, wares, all, m => m.ByName.Is(text), x => x.Name?.ToLowerInvariant() == text);
            await CheckAsync(
                c, wares, all, m => m.ByWord.StartsWith(text), x => x.Name?.ToLowerInvariant().Split(' ').Any(word => word.Length > 0 && word.StartsWith(text, StringComparison.Ordinal)) == true);
            await CheckAsync(c, wares, all, m => m.ByWord.Is(text), x => text.Length > 0 && x.Name?.ToLowerInvariant().Split(' ').Contains(text) == true);
        }

        await CheckAsync(c, wares, all, m => m.ByName.Is(null), _ => false);
        await CheckAsync(c, wares, all, m => m.ByName.Between("oak", "pine"), x => x.Name is not null && InOrder("oak", x.Name.ToLowerInvariant(), "pine"));
    }

    private static async Task Places_are_found_by_distance(ConformanceContext c)
    {
        var (wares, all) = await FillAsync(c, Many);
        foreach (var (centre, metres) in new[] { (new Spot(13.4, 52.5), 0.5), (new Spot(13.4, 52.5), 30_000.0), (new Spot(180, -17), 50_000), (new Spot(0, 85), 1_000_000), (new Spot(0, 0), 30_000_000), (new Spot(2, 48), 900_000), (new Spot(179.95, -17), 15_000) })
        {
            var place = new GeoPosition(centre.Longitude, centre.Latitude);
            await CheckAsync(c, wares, all, m => m.BySpot.Near(place, metres), x => x.Spot is { } spot && Distance(centre, spot) <= metres + (metres < 1 ? 1 : 0));
            var nearest = await wares.Query(m => m.BySpot.Near(place, metres)).OrderByDistance(m => m.BySpot, place).Take(40).ToListAsync(c.CancellationToken);
            var far = nearest.Select(x => Distance(centre, x.Spot!.Value)).ToList();
            True(far.Zip(far.Skip(1)).All(pair => pair.First <= pair.Second + 2), "nearest first");
        }

        Equal(all.Count(x => x.Spot is not null), (await wares.Query().OrderByDistance(m => m.BySpot, new GeoPosition(1, 2)).ToIdsAsync(c.CancellationToken)).Count);
        await ThrowsAsync<ArgumentOutOfRangeException>(() => Task.FromResult(wares.Query(m => m.BySpot.Near(new GeoPosition(0, 0), -1))));
    }

    private static async Task Sparse_nested_and_computed_values_are_indexed(ConformanceContext c)
    {
        var (wares, all) = await FillAsync(c, Many);
        await CheckAsync(c, wares, all, m => m.ByOpenStock.Exists(), x => x.IsOpen);
        await CheckAsync(c, wares, all, m => m.ByOpenStock.AtLeast(10), x => x is { IsOpen: true, Stock: >= 10 });
        await CheckAsync(c, wares, all, m => m.ByShelf.Is("s1"), x => x.Shelf?.Name == "s1");
        Equal(Ordered(all.Where(x => x.IsOpen), x => x.Stock), await wares.Query().OrderBy(m => m.ByOpenStock).ToIdsAsync(c.CancellationToken));
        var closed = all.First(x => x.IsOpen);
        await wares.UpdateAsync(closed with { IsOpen = false }, c.CancellationToken);
        Equal((long)all.Count(x => x.IsOpen) - 1, await wares.Query().OrderBy(m => m.ByOpenStock).CountAsync(c.CancellationToken));
        True((await wares.VerifyAsync(c.CancellationToken)).IsClean);
    }

    private static async Task Kinds_are_joined(ConformanceContext c)
    {
        var (wares, all) = await FillAsync(c, Many);
        var berlin = new GeoPosition(13.4, 52.5);
        await CheckAsync(c, wares, all, m => m.ByStatus.Is("active") & m.ByName.StartsWith("oak"), x => x.Status == "active" && x.Name?.ToLowerInvariant().StartsWith("oak", StringComparison.Ordinal) == true);
        await CheckAsync(c, wares, all, m => m.ByStatus.Is("active") & !m.ByWord.Is("table"), x => x.Status == "active" && x.Name?.ToLowerInvariant().Split(' ').Contains("table") != true);
        await CheckAsync(c, wares, all, m => m.ByPrice.Is(12.5m) | m.ByStatusStock.Is("new").AtLeast(20), x => x.Price == 12.5m || x is { Status: "new", Stock: >= 20 });
        await CheckAsync(c, wares, all, m => !(m.BySpot.Near(berlin, 20_000) | m.BySerial.LessThan(0)), x => !(x.Spot is { } spot && Distance(new(13.4, 52.5), spot) <= 20_000) && x.Serial >= 0);
        await CheckAsync(c, wares, all, m => m.ByLabel.AllOf("l1", "l2") & m.ByGradeMade.Is(WareGrade.Prime), x => x.Labels?.Contains("l1") == true && x.Labels.Contains("l2") && x.Grade == WareGrade.Prime);
        await CheckAsync(c, wares, all, m => m.ByStock.AtLeast(5) & m.ByRegion.Is("süd").Is(false), x => x is { Stock: >= 5, Region: "süd", IsOpen: false });
        await ThrowsAsync<ModelException>(() => Task.FromResult(wares.Query(m => m.ByStatus.Is("x") & new WareModel(c.Layout).ByStock.Is(1))));
    }

    private static async Task Every_kind_follows_updates_and_deletes(ConformanceContext c)
    {
        var (wares, all) = await FillAsync(c, 60);
        var random = new Random(20261128);
        for (var i = 0; i < 120; i++)
        {
            var place = random.Next(all.Count);
            var next = Ware.Random(all[place].Id, random);
            switch (random.Next(4))
            {
                case 0:
                    all[place] = await wares.UpdateAsync(next with { Version = all[place].Version }, c.CancellationToken);
                    break;
                case 1:
                    all[place] = await wares.UpsertAsync(next, c.CancellationToken);
                    break;
                case 2:
                    all[place] = await wares.EditAsync(next.Id, ware => ware with { Name = next.Name, Price = next.Price, Spot = next.Spot, Region = next.Region }, cancellationToken: c.CancellationToken);
                    break;
                default:
                    True(await wares.DeleteAsync(next.Id, cancellationToken: c.CancellationToken));
                    all[place] = await wares.InsertAsync(next, c.CancellationToken);
                    break;
            }
        }

        await CheckAsync(c, wares, all, m => m.ByName.StartsWith("oak"), x => x.Name?.ToLowerInvariant().StartsWith("oak", StringComparison.Ordinal) == true);
        await CheckAsync(c, wares, all, m => m.ByPrice.GreaterThan(0), x => x.Price > 0);
        Equal(Ordered(all, x => x.Serial), await wares.Query().OrderBy(m => m.BySerial).ToIdsAsync(c.CancellationToken));
        True((await wares.VerifyAsync(c.CancellationToken)).IsClean);
        foreach (var ware in all)
        {
            await wares.DeleteAsync(ware.Id, cancellationToken: c.CancellationToken);
        }

        // The parts of a replaced content go by themselves, a little later.
        await foreach (var key in c.Store.ScanKeysAsync($"{{{c.Tag}}}:*", cancellationToken: c.CancellationToken))
        {
            True(key.ToString() == $"{{{c.Tag}}}:idx:ware" || key.ToString().StartsWith($"{{{c.Tag}}}:ware:", StringComparison.Ordinal), "nothing but the catalogue is left");
        }
    }
}
