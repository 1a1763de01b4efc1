using RedisPatterns.Commands;

namespace RedisPatterns.Testing;

/// <summary>An order of wares.</summary>
/// <param name="Text">What it is, to be read in a failure.</param>
/// <param name="Apply">Orders a query by it.</param>
/// <param name="Has">Whether a ware has a place in it.</param>
/// <param name="Comparer">The order, ids among equal ones included.</param>
/// <param name="Centre">Where distances are measured from.</param>
internal sealed record WareOrder(string Text, Func<Query<Ware, WareModel>, Query<Ware, WareModel>> Apply, Func<Ware, bool> Has, Comparer<Ware> Comparer, Spot? Centre = null)
{
    private const double Same = 0.001;

    /// <summary>Whether two distances are so near to each other that their order is not for certain.</summary>
    public bool IsUncertain(IReadOnlyList<Ware> wares)
    {
        if (Centre is not { } centre)
        {
            return false;
        }

        double[] far = [.. wares.Where(Has).Select(ware => WareValues.Distance(centre, ware.Spot!.Value)).Distinct().Order()];
        return far.Zip(far.Skip(1)).Any(pair => pair.Second - pair.First < Same);
    }

    public static WareOrder Draw(WareDice dice)
    {
        if (dice.Chance(12))
        {
            var centre = dice.Centre();
            return new(
                $"by distance from {WareText.Of(centre)}",
                query => query.OrderByDistance(m => m.BySpot, new GeoPosition(centre.Longitude, centre.Latitude)),
                ware => ware.Spot is not null,
                With((x, y) => WareValues.Distance(centre, x.Spot!.Value).CompareTo(WareValues.Distance(centre, y.Spot!.Value))),
                centre);
        }

        var (name, index, has, compare) = dice.Next(9) switch
        {
            0 => ("stock", (Func<WareModel, IOrderIndex<Ware>>)(m => m.ByStock), (Func<Ware, bool>)(_ => true), (Comparison<Ware>)((x, y) => x.Stock.CompareTo(y.Stock))),
            1 => ("price", m => m.ByPrice, ware => ware.Price is not null, (x, y) => x.Price!.Value.CompareTo(y.Price!.Value)),
            2 => ("serial", m => m.BySerial, _ => true, (x, y) => x.Serial.CompareTo(y.Serial)),
            3 => ("made", m => m.ByMade, _ => true, (x, y) => WareValues.Milliseconds(x.Made).CompareTo(WareValues.Milliseconds(y.Made))),
            4 => ("open-stock", m => m.ByOpenStock, ware => ware.IsOpen, (x, y) => x.Stock.CompareTo(y.Stock)),
            5 => ("status-stock", m => m.ByStatusStock, _ => true, (x, y) => WareValues.Compare(x.Status, y.Status) is var first and not 0 ? first : x.Stock.CompareTo(y.Stock)),
            6 => ("grade-made", m => m.ByGradeMade, _ => true, (x, y) => Comparer<WareGrade?>.Default.Compare(x.Grade, y.Grade) is var first and not 0 ? first : y.Made.CompareTo(x.Made)),
            7 => ("region", m => m.ByRegion, _ => true, ByRegion),
            _ => ("name", m => m.ByName, ware => ware.Name is not null, (x, y) => WareValues.Compare(x.Name!.ToLowerInvariant(), y.Name!.ToLowerInvariant())),
        };
        var ascending = With(compare);
        return dice.Chance(50)
            ? new($"by {name}", query => query.OrderBy(index), has, ascending)
            : new($"by {name}, greatest first", query => query.OrderByDescending(index), has, Comparer<Ware>.Create((x, y) => ascending.Compare(y, x)));
    }

    private static Comparer<Ware> With(Comparison<Ware> compare) => Comparer<Ware>.Create((x, y) => compare(x, y) is var order and not 0 ? order : WareValues.CompareIds(x.Id, y.Id));

    private static int ByRegion(Ware x, Ware y) =>
        WareValues.Compare(y.Region, x.Region) is var region and not 0 ? region
        : x.IsOpen.CompareTo(y.IsOpen) is var isOpen and not 0 ? isOpen
        : y.Batch.CompareTo(x.Batch) is var batch and not 0 ? batch
        : WareValues.Compare(x.Name, y.Name);
}
