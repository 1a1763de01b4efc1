using System.Globalization;
using RedisPatterns.Commands;

namespace RedisPatterns.Testing;

/// <summary>Draws filters of every kind of index.</summary>
internal sealed class FilterDrawing(WareDice dice)
{
    /// <summary>A filter, mostly one that an index can drive.</summary>
    public WareFilter Draw() => dice.Chance(50) ? Draw(0) : dice.Chance(75) ? Draw(0) & Draw(2) : Draw(3);

    private WareFilter Draw(int depth)
    {
        if (depth > 0 && dice.Chance(45))
        {
            return dice.Next(7) switch
            {
                0 or 1 or 2 => Draw(depth - 1) & Draw(depth - 1),
                3 or 4 => Draw(depth - 1) | Draw(depth - 1),
                _ => !Draw(depth - 1),
            };
        }

        return dice.Next(15) switch
        {
            0 => Code(),
            1 or 2 => Tag("status", m => m.ByStatus!, ware => ware.Status is null ? [] : [ware.Status], dice.Status),
            3 => Tag("label", m => m.ByLabel!, ware => ware.Labels ?? [], dice.Label),
            4 => Tag("shelf", m => m.ByShelf!, ware => ware.Shelf is null ? [] : [ware.Shelf.Name], dice.Shelf),
            5 => Range("stock", m => m.ByStock, ware => ware.Stock, _ => true, Comparer<int>.Default, dice.Stock),
            6 => Range("price", m => m.ByPrice, ware => ware.Price, _ => true, Comparer<decimal?>.Default, dice.Price),
            7 => Range("serial", m => m.BySerial, ware => ware.Serial, _ => true, Comparer<long>.Default, dice.Serial),
            8 => Range("made", m => m.ByMade, ware => ware.Made, _ => true, Comparer<DateTimeOffset>.Create((x, y) => WareValues.Milliseconds(x).CompareTo(WareValues.Milliseconds(y))), dice.Made),
            9 => Range("open-stock", m => m.ByOpenStock, ware => ware.Stock, ware => ware.IsOpen, Comparer<int>.Default, dice.Stock),
            10 => StatusStock(),
            11 => GradeMade(),
            12 => Region(),
            13 => dice.Chance(50) ? Name() : Word(),
            _ => Near(),
        };
    }

    private static bool AreEqual(string? left, string? right) => string.Equals(left, right, StringComparison.Ordinal);

    private WareFilter Code()
    {
        if (dice.Chance(70))
        {
            string?[] codes = dice.Some(1, 4, () => dice.Code()?.ToUpperInvariant());
            return dice.Chance(50) || codes.Length == 1
                ? new($"code is {WareText.Of(codes[0])}", m => m.ByCode.Is(codes[0]), ware => codes[0] is { } code && AreEqual(ware.Code?.ToUpperInvariant(), code))
                : new($"code any of {string.Join('|', codes)}", m => m.ByCode.AnyOf(codes), ware => ware.Code is not null && codes.Contains(ware.Code.ToUpperInvariant()));
        }

        var (region, one) = (dice.Region(), dice.Code());
        return new($"region-code is {WareText.Of(region)} {one}", m => m.ByRegionCode.Is((region, one)), ware => region is not null && one is not null && AreEqual(ware.Region, region) && AreEqual(ware.Code, one));
    }

    private WareFilter Tag(string name, Func<WareModel, TagIndex<Ware, string?>> index, Func<Ware, IReadOnlyList<string>> tagsOf, Func<string?> draw)
    {
        string?[] tags = dice.Some(0, 3, draw);
        var text = string.Join('|', tags.Select(WareText.Of));
        return dice.Next(4) switch
        {
            0 when tags.Length > 0 => new($"{name} is {WareText.Of(tags[0])}", m => index(m).Is(tags[0]), ware => tags[0] is { } tag && tagsOf(ware).Contains(tag)),
            1 => new($"{name} all of {text}", m => index(m).AllOf(tags), ware => tags.All(tag => tag is not null && tagsOf(ware).Contains(tag))),
            2 => new($"{name} none of {text}", m => index(m).NoneOf(tags), ware => !tagsOf(ware).Any(tag => tags.Contains(tag))),
            _ => new($"{name} any of {text}", m => index(m).AnyOf(tags), ware => tagsOf(ware).Any(tag => tags.Contains(tag))),
        };
    }

    private WareFilter Range<TValue>(string name, Func<WareModel, RangeIndex<Ware, TValue>> index, Func<Ware, TValue> valueOf, Func<Ware, bool> isIn, IComparer<TValue> order, Func<TValue> draw)
    {
        if (dice.Chance(20))
        {
            var value = draw();
            return new($"{name} is {Text(value)}", m => index(m).Is(value), ware => value is not null && isIn(ware) && valueOf(ware) is { } own && order.Compare(own, value) == 0);
        }

        return Comparison(
            name,
            draw,
            ware => isIn(ware) && valueOf(ware) is not null,
            valueOf,
            order,
            new(
                (m, a, b) => index(m).Between(a, b),
                (m, a) => index(m).AtLeast(a),
                (m, a) => index(m).AtMost(a),
                (m, a) => index(m).GreaterThan(a),
                (m, a) => index(m).LessThan(a),
                m => index(m).Exists()));
    }

    private WareFilter Part<TValue>(string name, Func<WareModel, IOrderedValue<Ware, TValue>> part, Func<Ware, TValue> valueOf, Func<Ware, bool> isIn, IComparer<TValue> order, Func<TValue> draw) =>
        Comparison(
            name,
            draw,
            ware => isIn(ware) && valueOf(ware) is not null,
            valueOf,
            order,
            new(
                (m, a, b) => part(m).Between(a, b),
                (m, a) => part(m).AtLeast(a),
                (m, a) => part(m).AtMost(a),
                (m, a) => part(m).GreaterThan(a),
                (m, a) => part(m).LessThan(a),
                m => part(m).Exists()));

    private WareFilter Comparison<TValue>(string name, Func<TValue> draw, Func<Ware, bool> hasValue, Func<Ware, TValue> valueOf, IComparer<TValue> order, ComparisonForms<TValue> forms)
    {
        var (a, b) = (draw(), draw());
        if (a is null && b is not null)
        {
            (a, b) = (b, a);
        }

        bool Holds(Ware ware, Func<TValue, bool> test) => hasValue(ware) && test(valueOf(ware));
        switch (a is null ? 5 : dice.Next(7))
        {
            case 0:
                return new($"{name} at least {Text(a)}", m => forms.AtLeast(m, a), ware => Holds(ware, own => order.Compare(own, a) >= 0));
            case 1:
                return new($"{name} at most {Text(a)}", m => forms.AtMost(m, a), ware => Holds(ware, own => order.Compare(own, a) <= 0));
            case 2:
                return new($"{name} greater than {Text(a)}", m => forms.GreaterThan(m, a), ware => Holds(ware, own => order.Compare(own, a) > 0));
            case 3:
                return new($"{name} less than {Text(a)}", m => forms.LessThan(m, a), ware => Holds(ware, own => order.Compare(own, a) < 0));
            case 4:
                return new($"{name} exists", forms.Exists, hasValue);
            default:
                if (b is not null && order.Compare(a, b) > 0 && dice.Chance(80))
                {
                    (a, b) = (b, a);
                }

                var (from, to) = b is null && dice.Chance(50) ? (b, a) : (a, b);
                return new(
                    $"{name} from {Text(from)} to {Text(to)}",
                    m => forms.Between(m, from, to),
                    ware => Holds(ware, own => (from is null || order.Compare(own, from) >= 0) && (to is null || order.Compare(own, to) <= 0)));
        }
    }

    private WareFilter StatusStock()
    {
        var (status, stock) = (dice.Status(), dice.Stock());
        return dice.Next(5) switch
        {
            0 => new($"status-stock is {WareText.Of(status)}", m => m.ByStatusStock.Is(status), ware => AreEqual(ware.Status, status)),
            1 => new($"status-stock is {WareText.Of(status)} {stock}", m => m.ByStatusStock.Is(status, stock), ware => AreEqual(ware.Status, status) && ware.Stock == stock),
            2 => Part("status-stock", m => m.ByStatusStock, ware => ware.Status, _ => true, Comparer<string?>.Create(WareValues.Compare), dice.Status),
            3 when dice.Beginning() is var text => new($"status-stock starts with {WareText.Of(text)}", m => m.ByStatusStock.StartsWith(text), ware => WareValues.StartsWith(ware.Status, text)),
            _ => Part($"status-stock {WareText.Of(status)}", m => m.ByStatusStock.Is(status), ware => ware.Stock, ware => AreEqual(ware.Status, status), Comparer<int>.Default, dice.Stock),
        };
    }

    private WareFilter GradeMade()
    {
        var (grade, made) = (dice.Grade(), dice.Made());
        return dice.Next(4) switch
        {
            0 => new($"grade-made is {grade}", m => m.ByGradeMade.Is(grade), ware => ware.Grade == grade),
            1 => new($"grade-made is {grade} {made:O}", m => m.ByGradeMade.Is(grade, made), ware => ware.Grade == grade && ware.Made == made),
            2 => Part("grade-made", m => m.ByGradeMade, ware => ware.Grade, _ => true, Comparer<WareGrade?>.Default, dice.Grade),
            _ => Part($"grade-made {grade}", m => m.ByGradeMade.Is(grade), ware => ware.Made, ware => ware.Grade == grade, Comparer<DateTimeOffset>.Default, dice.Made),
        };
    }

    private WareFilter Region()
    {
        var (region, isOpen, batch, text) = (dice.Region(), dice.Chance(50), dice.Batch(), dice.Beginning());
        var order = Comparer<string?>.Create(WareValues.Compare);
        var head = $"region {WareText.Of(region)}";
        return dice.Next(9) switch
        {
            0 => new(head, m => m.ByRegion.Is(region), ware => AreEqual(ware.Region, region)),
            1 => new($"{head} {isOpen}", m => m.ByRegion.Is(region).Is(isOpen), ware => AreEqual(ware.Region, region) && ware.IsOpen == isOpen),
            2 => Part("region", m => m.ByRegion, ware => ware.Region, _ => true, order, dice.Region),
            3 => new($"region starts with {WareText.Of(text)}", m => m.ByRegion.StartsWith(text), ware => WareValues.StartsWith(ware.Region, text)),
            4 => Part(head, m => m.ByRegion.Is(region), ware => ware.IsOpen, ware => AreEqual(ware.Region, region), Comparer<bool>.Default, () => dice.Chance(50)),
            5 => Part($"{head} {isOpen}", m => m.ByRegion.Is(region).Is(isOpen), ware => ware.Batch, ware => AreEqual(ware.Region, region) && ware.IsOpen == isOpen, Comparer<Guid>.Default, dice.Batch),
            6 => Part($"{head} {isOpen} {batch:N}", m => m.ByRegion.Is(region).Is(isOpen).Is(batch), ware => ware.Name, ware => (ware.Region, ware.IsOpen, ware.Batch) == (region, isOpen, batch), order, dice.Name),
            7 => new(
                $"{head} {isOpen} {batch:N} starts with {WareText.Of(text)}",
                m => m.ByRegion.Is(region).Is(isOpen).Is(batch).StartsWith(text),
                ware => (ware.Region, ware.IsOpen, ware.Batch) == (region, isOpen, batch) && WareValues.StartsWith(ware.Name, text)),
            _ when dice.Name() is var name => new(
                $"{head} {isOpen} {batch:N} {WareText.Of(name)}",
                m => m.ByRegion.Is(region).Is(isOpen).Is(batch).Is(name),
                ware => (ware.Region, ware.IsOpen, ware.Batch, ware.Name) == (region, isOpen, batch, name)),
            _ => throw new InvalidOperationException(),
        };
    }

    private WareFilter Name()
    {
        var (text, name) = (dice.Beginning(), dice.Name()?.ToLowerInvariant());
        return dice.Next(3) switch
        {
            0 => new($"name starts with {WareText.Of(text)}", m => m.ByName.StartsWith(text), ware => WareValues.StartsWith(ware.Name?.ToLowerInvariant(), text)),
            1 => new($"name is {WareText.Of(name)}", m => m.ByName.Is(name), ware => name is not null && AreEqual(ware.Name?.ToLowerInvariant(), name)),
            _ => Part("name", m => m.ByName, ware => ware.Name?.ToLowerInvariant(), _ => true, Comparer<string?>.Create(WareValues.Compare), () => dice.Chance(50) ? dice.Name()?.ToLowerInvariant() : dice.Beginning()),
        };
    }

    private WareFilter Word()
    {
        var text = dice.Beginning();
        return dice.Chance(60)
            ? new($"word starts with {WareText.Of(text)}", m => m.ByWord.StartsWith(text), ware => WordsOf(ware).Any(word => WareValues.StartsWith(word, text)))
            : new($"word is {WareText.Of(text)}", m => m.ByWord.Is(text), ware => WordsOf(ware).Contains(text));
    }

    private static IEnumerable<string> WordsOf(Ware ware) => ware.Name?.ToLowerInvariant().Split(' ').Where(word => word.Length > 0) ?? [];

    private WareFilter Near()
    {
        var (centre, metres) = (dice.Centre(), dice.Metres());
        return new(
            string.Create(CultureInfo.InvariantCulture, $"within {metres} of {WareText.Of(centre)}"),
            m => m.BySpot.Near(new GeoPosition(centre.Longitude, centre.Latitude), metres),
            ware => ware.Spot is { } spot && WareValues.Distance(centre, spot) <= metres,
            (centre, metres));
    }

    private static string Text<TValue>(TValue value) => value is string text ? WareText.Of(text) : value is null ? "null" : value is DateTimeOffset moment ? $"{moment:O}" : string.Create(CultureInfo.InvariantCulture, $"{value}");
}
