using System.Globalization;

namespace RedisPatterns.InMemory;

/// <summary>Geo indexes.</summary>
internal static class GeoHandlers
{
    private const string Alphabet = "0123456789bcdefghjkmnpqrstuvwxyz";

    public static void Register(HandlerTable table)
    {
        table.Add("GEOADD", Add);
        table.Add("GEODIST", Distance);
        table.Add("GEOHASH", static (context, command) => ForEachMember(context, command, static cell => StoreReply.FromValue(TextOf(cell))));
        table.Add("GEOPOS", static (context, command) => ForEachMember(context, command, static cell => PositionReply(cell.Center)));
        table.Add("GEOSEARCH", Search);
        table.Add("GEOSEARCHSTORE", SearchStore);
    }

    /// <summary>A longitude and the latitude after it.</summary>
    public static GeoPoint PointAt(StoreCommand command, int index)
    {
        var point = new GeoPoint(command.Double(index), command.Double(index + 1));
        return Math.Abs(point.Longitude) <= GeoCell.MaxLongitude && Math.Abs(point.Latitude) <= GeoCell.MaxLatitude
            ? point
            : throw StoreErrors.FromServer("ERR invalid longitude,latitude pair", command.Definition.Name);
    }

    /// <summary>A unit of length, in metres.</summary>
    public static double UnitAt(StoreCommand command, int index) =>
        command.IsWord(index, "M") ? 1
        : command.IsWord(index, "KM") ? 1000
        : command.IsWord(index, "FT") ? 0.3048
        : command.IsWord(index, "MI") ? 1609.34
        : throw StoreErrors.FromServer("ERR unsupported unit provided. please use M, KM, FT, MI", command.Definition.Name);

    private static StoreReply Add(CommandContext context, StoreCommand command)
    {
        command.RequireCount(4);
        var options = SortedSetHandlers.AddOptions.None;
        var first = 1;
        for (; first < command.ArgumentCount; first++)
        {
            var option = command.IsWord(first, "NX") ? SortedSetHandlers.AddOptions.IfAbsent
                : command.IsWord(first, "XX") ? SortedSetHandlers.AddOptions.IfExists
                : command.IsWord(first, "CH") ? SortedSetHandlers.AddOptions.CountChanges
                : SortedSetHandlers.AddOptions.None;
            if (option == SortedSetHandlers.AddOptions.None)
            {
                break;
            }

            options |= option;
        }

        var count = command.ArgumentCount - first;
        const SortedSetHandlers.AddOptions Both = SortedSetHandlers.AddOptions.IfAbsent | SortedSetHandlers.AddOptions.IfExists;
        if (count == 0 || count % 3 != 0 || (options & Both) == Both)
        {
            throw ServerErrors.Syntax(context.CommandName);
        }

        var scores = count <= 96 ? stackalloc double[count / 3] : new double[count / 3];
        for (var i = 0; i < scores.Length; i++)
        {
            scores[i] = GeoCell.At(PointAt(command, first + (3 * i)), GeoCell.ScoreStep).Bits;
        }

        return SortedSetHandlers.AddAll(context, command, options, scores, first + 2, step: 3);
    }

    private static StoreReply Distance(CommandContext context, StoreCommand command)
    {
        command.RequireCount(3, 4);
        var unit = command.ArgumentCount == 4 ? UnitAt(command, 3) : 1;
        return context.Get<SortedSetData>(command.Key(0)) is { } data
            && data.TryGetScore(command.Member(1), out var one) && data.TryGetScore(command.Member(2), out var other)
            ? DistanceReply(GeoCell.FromScore(one).Center.DistanceTo(GeoCell.FromScore(other).Center) / unit)
            : StoreReply.Null;
    }

    private static StoreReply ForEachMember(CommandContext context, StoreCommand command, Func<GeoCell, StoreReply> reply)
    {
        command.RequireCount(1);
        var data = context.Get<SortedSetData>(command.Key(0));
        var replies = new StoreReply[command.ArgumentCount - 1];
        for (var i = 0; i < replies.Length; i++)
        {
            replies[i] = data is not null && data.TryGetScore(command.Member(i + 1), out var score) ? reply(GeoCell.FromScore(score)) : StoreReply.Null;
        }

        return StoreReply.Array(replies);
    }

    private static StoreReply Search(CommandContext context, StoreCommand command)
    {
        command.RequireCount(6);
        var data = context.Get<SortedSetData>(command.Key(0));
        var search = GeoSearch.Parse(command, 1, data, stores: false);
        return data is null ? StoreReply.Array() : StoreReply.Array([.. search.Run(data).Select(finding => FindingReply(search, finding))]);
    }

    private static StoreReply SearchStore(CommandContext context, StoreCommand command)
    {
        command.RequireCount(7);
        var data = context.Get<SortedSetData>(command.Key(1));
        var search = GeoSearch.Parse(command, 2, data, stores: true);
        var result = new SortedSetData(context.Database.Journal);
        foreach (var finding in data is null ? [] : search.Run(data))
        {
            result.Set(finding.Member, search.StoreDistances ? finding.Distance : finding.Score);
        }

        return SortedSetHandlers.Store(context, command.Key(0), result);
    }

    private static StoreReply FindingReply(GeoSearch search, GeoFinding finding)
    {
        var member = StoreReply.FromValue(finding.Member);
        if (!search.WithDistance && !search.WithHash && !search.WithPosition)
        {
            return member;
        }

        var replies = new List<StoreReply> { member };
        if (search.WithDistance)
        {
            replies.Add(DistanceReply(finding.Distance));
        }

        if (search.WithHash)
        {
            replies.Add(StoreReply.Integer((long)finding.Score));
        }

        if (search.WithPosition)
        {
            replies.Add(PositionReply(finding.Point));
        }

        return StoreReply.Array([.. replies]);
    }

    // Four decimals, rounded to even.
    private static StoreReply DistanceReply(double distance)
    {
        var scaled = (long)Math.Round(distance * 10000, MidpointRounding.ToEven);
        return StoreReply.FromValue(string.Create(CultureInfo.InvariantCulture, $"{scaled / 10000}.{scaled % 10000:D4}"));
    }

    private static StoreReply PositionReply(GeoPoint point) => StoreReply.Array(DegreesReply(point.Longitude), DegreesReply(point.Latitude));

    // Seventeen decimals, without zeros at the end.
    private static StoreReply DegreesReply(double degrees) =>
        StoreReply.FromValue(degrees.ToString("F17", CultureInfo.InvariantCulture).TrimEnd('0').TrimEnd('.'));

    // The standard geohash has latitudes up to 90 degrees, and eleven letters: the last is beyond what is known.
    private static string TextOf(GeoCell cell)
    {
        var bits = GeoCell.At(cell.Center, GeoCell.ScoreStep, maxLatitude: 90).Bits;
        return string.Create(11, bits, static (text, bits) =>
        {
            for (var i = 0; i < text.Length; i++)
            {
                text[i] = Alphabet[i == 10 ? 0 : (int)((bits >> (52 - ((i + 1) * 5))) & 31)];
            }
        });
    }
}
