using System.Text;

namespace RedisPatterns.Testing;

/// <summary>A suite about entities with every kind of index.</summary>
public abstract class WareConformance : LayoutConformance
{
    private protected WareConformance(EntityLayout layout, IEnumerable<ConformanceTest> tests, int partitions = 1)
        : base(layout, tests, partitions)
    {
    }

    private protected static readonly Comparer<byte[]> ByteOrder = Comparer<byte[]>.Create(static (left, right) => left.AsSpan().SequenceCompareTo(right));

    private protected static Repository<Ware, WareModel> Wares(ConformanceContext c) => c.Repository<Ware, WareModel>(new WareModel(c.Layout));

    private protected static ReadOnlySpan<byte> Utf8(string text) => Encoding.UTF8.GetBytes(text);

    private protected static bool InOrder(string low, string text, string high) => Utf8(low).SequenceCompareTo(Utf8(text)) <= 0 && Utf8(text).SequenceCompareTo(Utf8(high)) <= 0;

    private protected static IEnumerable<string> Ordered<TKey>(IEnumerable<Ware> wares, Func<Ware, TKey> key) => wares.OrderBy(key).ThenBy(x => x.Id, StringComparer.Ordinal).Select(x => x.Id);

    private protected static double Distance(Spot one, Spot other)
    {
        static double Radians(double degrees) => degrees * Math.PI / 180;
        var (u, v) = (Math.Sin(Radians(other.Latitude - one.Latitude) / 2), Math.Sin(Radians(other.Longitude - one.Longitude) / 2));
        return 2 * 6372797.560856 * Math.Asin(Math.Sqrt(Math.Min(1, (u * u) + (Math.Cos(Radians(one.Latitude)) * Math.Cos(Radians(other.Latitude)) * v * v))));
    }

    private protected static async Task<(Repository<Ware, WareModel> Wares, List<Ware> All)> FillAsync(ConformanceContext c, int count)
    {
        var wares = Wares(c);
        var all = Enumerable.Range(0, count).Select(Ware.Number).ToList();
        (await wares.InsertManyAsync(all, cancellationToken: c.CancellationToken)).ThrowIfAnyFailed();
        return (wares, all.ConvertAll(ware => ware with { Version = 1 }));
    }

    private protected static async Task CheckAsync(ConformanceContext c, Repository<Ware, WareModel> wares, List<Ware> all, Func<WareModel, Filter<Ware>> filter, Func<Ware, bool> predicate)
    {
        var expected = all.Where(predicate).ToList();
        EqualInAnyOrder(expected.Select(x => x.Id), await wares.Query(filter).ToIdsAsync(c.CancellationToken));
        Equal((long)expected.Count, await wares.Query(filter).CountAsync(c.CancellationToken));
        Equal(Ordered(expected, x => x.Made), (await wares.Query(filter).OrderBy(m => m.ByMade).ToListAsync(c.CancellationToken)).Select(x => x.Id));
        Equal(Ordered(expected, x => x.Serial).Reverse().Take(5), await wares.Query(filter).OrderByDescending(m => m.BySerial).Take(5).ToIdsAsync(c.CancellationToken));
        Equal(expected.Count > 0, await wares.Query(filter).AnyAsync(c.CancellationToken));
    }
}
