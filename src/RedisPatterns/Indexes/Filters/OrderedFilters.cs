namespace RedisPatterns;

/// <summary>Comparisons with a value that is held as text in order, behind parts that are given.</summary>
internal static class OrderedFilters
{
    public static Filter<T> Between<T, TValue>(EntityIndex<T> index, string prefix, bool descending, TValue minimum, TValue maximum)
        where T : class
    {
        var range = TextRange.Valued(prefix, descending);
        if (minimum is not null)
        {
            range = From(range, prefix, OrderedText.Of(minimum, descending, index), descending);
        }

        return new TextFilter<T>(index, maximum is null ? range : To(range, prefix, OrderedText.Of(maximum, descending, index), descending));
    }

    public static Filter<T> AtLeast<T, TValue>(EntityIndex<T> index, string prefix, bool descending, TValue value)
        where T : class =>
        new TextFilter<T>(index, From(TextRange.Valued(prefix, descending), prefix, Bound(index, value, descending), descending));

    public static Filter<T> AtMost<T, TValue>(EntityIndex<T> index, string prefix, bool descending, TValue value)
        where T : class =>
        new TextFilter<T>(index, To(TextRange.Valued(prefix, descending), prefix, Bound(index, value, descending), descending));

    public static Filter<T> GreaterThan<T, TValue>(EntityIndex<T> index, string prefix, bool descending, TValue value)
        where T : class
    {
        var (range, bound) = (TextRange.Valued(prefix, descending), prefix + Bound(index, value, descending));
        return new TextFilter<T>(index, descending ? range with { End = bound } : range with { First = bound + OrderedText.AfterSeparator });
    }

    public static Filter<T> LessThan<T, TValue>(EntityIndex<T> index, string prefix, bool descending, TValue value)
        where T : class
    {
        var (range, bound) = (TextRange.Valued(prefix, descending), prefix + Bound(index, value, descending));
        return new TextFilter<T>(index, descending ? range with { First = bound + OrderedText.AfterSeparator } : range with { End = bound });
    }

    // The bounds themselves are within: in text a value ends with its separator.
    private static TextRange From(TextRange range, string prefix, string bound, bool descending) =>
        descending ? range with { End = prefix + bound + OrderedText.AfterSeparator } : range with { First = prefix + bound };

    private static TextRange To(TextRange range, string prefix, string bound, bool descending) =>
        descending ? range with { First = prefix + bound } : range with { End = prefix + bound + OrderedText.AfterSeparator };

    private static string Bound<T, TValue>(EntityIndex<T> index, TValue value, bool descending)
        where T : class => value is null
            ? throw new IndexValueException(index.Model.Name, index.Name, "a comparison needs a value, not null.")
            : OrderedText.Of(value, descending, index);
}
