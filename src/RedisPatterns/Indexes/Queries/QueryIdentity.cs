using System.Globalization;
using System.Text;

namespace RedisPatterns;

/// <summary>What tells a query from others, in whatever keyspace: filter and order as text. Only cursors need it.</summary>
internal static class QueryIdentity
{
    public static string Of<T>(string model, QueryOrdering<T> ordering, List<Filter<T>> conjuncts)
        where T : class
    {
        var text = new StringBuilder();
        Append(text, $"{model} {(char)ordering.Kind} {ordering.Index?.Slot} {ordering.IsDescending} {ordering.Centre}");
        conjuncts.ForEach(conjunct => Append(text, conjunct));
        return text.ToString();
    }

    private static void Append<T>(StringBuilder text, Filter<T> filter)
        where T : class
    {
        switch (filter)
        {
            case TagFilter<T> tag:
                Append(text, $"t {tag.Index.Slot} {string.Join(',', tag.Tokens)}");
                break;
            case RangeFilter<T> range:
                Append(text, $"r {range.Index.Slot} {range.Minimum.ToArgument().AsText()} {range.Maximum.ToArgument().AsText()}");
                break;
            case TextFilter<T> span:
                Append(text, $"l {span.Index.Slot} {Convert.ToHexString(span.Range.First.AsMemory().Span)} {Convert.ToHexString(span.Range.End.AsMemory().Span)}");
                break;
            case ClaimFilter<T> claim:
                Append(text, $"u {claim.Index.Slot} {string.Join(',', claim.Tokens)}");
                break;
            case GeoFilter<T> geo:
                Append(text, $"g {geo.Index.Slot} {geo.Centre} {geo.Metres:R}");
                break;
            case NotFilter<T> not:
                Append(text, not.Inner);
                Append(text, $"!");
                break;
            case JoinFilter<T> join:
                Append(text, join.Left);
                Append(text, join.Right);
                Append(text, $"{(join.IsAnd ? '&' : '|')}");
                break;
            default:
                Append(text, $"e");
                break;
        }
    }

    private static void Append(StringBuilder text, FormattableString line) => text.Append(line.ToString(CultureInfo.InvariantCulture)).Append('\n');
}
