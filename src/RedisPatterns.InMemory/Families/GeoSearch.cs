namespace RedisPatterns.InMemory;

/// <summary>The query of GEOSEARCH and GEOSEARCHSTORE.</summary>
internal sealed class GeoSearch
{
    private enum Sorting
    {
        None,
        Ascending,
        Descending,
    }

    private GeoPoint _center;
    private bool _fromMember;
    private bool _fromPoint;
    private bool _isCircle;
    private bool _isBox;
    private double _width;
    private double _height;
    private double _unit = 1;
    private Sorting _sorting;
    private long _count;
    private bool _any;

    public bool WithDistance { get; private set; }

    public bool WithHash { get; private set; }

    public bool WithPosition { get; private set; }

    /// <summary>Whether distances are to be stored as scores.</summary>
    public bool StoreDistances { get; private set; }

    /// <summary>Reads the query from a command.</summary>
    /// <param name="command">The command.</param>
    /// <param name="index">The index of the first option.</param>
    /// <param name="data">What is searched, or null.</param>
    /// <param name="stores">Whether the result is stored.</param>
    public static GeoSearch Parse(StoreCommand command, int index, SortedSetData? data, bool stores)
    {
        var search = new GeoSearch();
        while (index < command.ArgumentCount)
        {
            index += search.ParseOption(command, index, data, stores);
        }

        search.ThrowIfContradictory(command, stores);
        return search;
    }

    /// <summary>The members found, sorted and limited.</summary>
    public List<GeoFinding> Run(SortedSetData data)
    {
        var area = new GeoArea(_center, _isBox, _width, _height, _unit);
        var found = new List<GeoFinding>();
        foreach (var cell in area.GetCells())
        {
            if (_any && found.Count >= _count)
            {
                break;
            }

            var (first, count) = new ScoreBounds(cell.MinScore, cell.EndScore, ExcludeMin: false, ExcludeMax: true).Locate(data);
            foreach (var (member, score) in data.GetRange(first, count))
            {
                var point = GeoCell.FromScore(score).Center;
                if (area.Contains(point, out var distance))
                {
                    found.Add(new(member, score, point, distance));
                    if (_any && found.Count >= _count)
                    {
                        break;
                    }
                }
            }
        }

        var sorted = Sort(found);
        if (_count > 0 && sorted.Count > _count)
        {
            sorted.RemoveRange((int)_count, sorted.Count - (int)_count);
        }

        return sorted.ConvertAll(finding => finding with { Distance = finding.Distance / _unit });
    }

    // Without an order, a count means the nearest, unless any will do.
    private List<GeoFinding> Sort(List<GeoFinding> found) => _sorting switch
    {
        Sorting.Descending => [.. found.OrderByDescending(static finding => finding.Distance)],
        Sorting.None when _count == 0 || _any => found,
        _ => [.. found.OrderBy(static finding => finding.Distance)],
    };

    // Answers how many arguments were read.
    private int ParseOption(StoreCommand command, int index, SortedSetData? data, bool stores)
    {
        var rest = command.ArgumentCount - index - 1;
        var isDistance = command.IsWord(index, "WITHDIST");
        var isHash = command.IsWord(index, "WITHHASH");
        var isPosition = command.IsWord(index, "WITHCOORD");
        var isAny = command.IsWord(index, "ANY");
        var isStoreDistances = stores && command.IsWord(index, "STOREDIST");
        WithDistance |= isDistance;
        WithHash |= isHash;
        WithPosition |= isPosition;
        StoreDistances |= isStoreDistances;
        _any |= isAny;
        if (isDistance || isHash || isPosition || isAny || isStoreDistances)
        {
            return 1;
        }

        if (command.IsWord(index, "ASC") || command.IsWord(index, "DESC"))
        {
            _sorting = command.IsWord(index, "ASC") ? Sorting.Ascending : Sorting.Descending;
            return 1;
        }

        if (rest >= 1 && command.IsWord(index, "COUNT"))
        {
            _count = command.Int64(index + 1);
            return _count > 0 ? 2 : throw StoreErrors.FromServer("ERR COUNT must be > 0", command.Definition.Name);
        }

        return ParseOrigin(command, index, rest, data) is var read and > 0 ? read : ParseShape(command, index, rest);
    }

    private int ParseOrigin(StoreCommand command, int index, int rest, SortedSetData? data)
    {
        if (rest >= 1 && !_fromPoint && command.IsWord(index, "FROMMEMBER"))
        {
            _fromMember = true;
            if (data is not null)
            {
                _center = data.TryGetScore(command.Member(index + 1), out var score)
                    ? GeoCell.FromScore(score).Center
                    : throw StoreErrors.FromServer("ERR could not decode requested zset member", command.Definition.Name);
            }

            return 2;
        }

        if (rest >= 2 && !_fromMember && command.IsWord(index, "FROMLONLAT"))
        {
            _center = GeoHandlers.PointAt(command, index + 1);
            _fromPoint = true;
            return 3;
        }

        return 0;
    }

    private int ParseShape(StoreCommand command, int index, int rest)
    {
        if (rest >= 2 && !_isBox && command.IsWord(index, "BYRADIUS"))
        {
            _width = Length(command, index + 1, "ERR need numeric radius");
            ThrowIfNegative(command, _width);
            _unit = GeoHandlers.UnitAt(command, index + 2);
            _isCircle = true;
            return 3;
        }

        if (rest >= 3 && !_isCircle && command.IsWord(index, "BYBOX"))
        {
            _width = Length(command, index + 1, "ERR need numeric width");
            _height = Length(command, index + 2, "ERR need numeric height");
            ThrowIfNegative(command, Math.Min(_width, _height));
            _unit = GeoHandlers.UnitAt(command, index + 3);
            _isBox = true;
            return 4;
        }

        throw ServerErrors.Syntax(command.Definition.Name);
    }

    private void ThrowIfContradictory(StoreCommand command, bool stores)
    {
        var error = stores && (WithDistance || WithHash || WithPosition)
            ? "ERR GEOSEARCHSTORE is not compatible with WITHDIST, WITHHASH and WITHCOORD options"
            : !_fromMember && !_fromPoint ? "ERR exactly one of FROMMEMBER or FROMLONLAT can be specified"
            : !_isCircle && !_isBox ? "ERR exactly one of BYRADIUS and BYBOX can be specified"
            : _any && _count == 0 ? "ERR the ANY argument requires COUNT argument"
            : null;
        if (error is not null)
        {
            throw StoreErrors.FromServer(error, command.Definition.Name);
        }
    }

    private static double Length(StoreCommand command, int index, string error) =>
        CommandArguments.TryReadDouble(command.Value(index), out var length) ? length : throw StoreErrors.FromServer(error, command.Definition.Name);

    private static void ThrowIfNegative(StoreCommand command, double length)
    {
        if (length < 0)
        {
            throw StoreErrors.FromServer("ERR radius, height or width cannot be negative", command.Definition.Name);
        }
    }
}
