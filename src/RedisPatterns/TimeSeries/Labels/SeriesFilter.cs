namespace RedisPatterns;

/// <summary>Which series are meant, by their labels. Immutable; join several with <c>&amp;</c> and <c>|</c>, and turn one round with <c>!</c>.</summary>
public sealed class SeriesFilter
{
    private readonly Func<SeriesModel, Filter<SeriesEntry>?> _build;

    private SeriesFilter(Func<SeriesModel, Filter<SeriesEntry>?> build) => _build = build;

    /// <summary>All series.</summary>
    public static SeriesFilter All { get; } = new(static _ => null);

    /// <summary>Series that have a label with a value.</summary>
    /// <param name="label">The label.</param>
    /// <param name="value">The value.</param>
    /// <exception cref="ArgumentException">A text is empty.</exception>
    public static SeriesFilter Is(string label, string value) => In(label, value);

    /// <summary>Series that have not a label with a value: those with another value, and those without the label.</summary>
    /// <param name="label">The label.</param>
    /// <param name="value">The value.</param>
    /// <exception cref="ArgumentException">A text is empty.</exception>
    public static SeriesFilter IsNot(string label, string value) => !Is(label, value);

    /// <summary>Series that have a label with one of several values.</summary>
    /// <param name="label">The label.</param>
    /// <param name="values">The values; none of them matches nothing.</param>
    /// <exception cref="ArgumentException">A text is empty.</exception>
    public static SeriesFilter In(string label, params ReadOnlySpan<string> values)
    {
        SeriesLabels.ThrowIfBadName(label, nameof(label));
        var pairs = new (string, string)[values.Length];
        for (var i = 0; i < pairs.Length; i++)
        {
            SeriesLabels.ThrowIfBadValue(values[i], nameof(values));
            pairs[i] = (label, values[i]);
        }

        return new(model => model.ByLabel.AnyOf(pairs));
    }

    /// <summary>Series that have a label, whatever its value.</summary>
    /// <param name="label">The label.</param>
    /// <exception cref="ArgumentException">The text is empty.</exception>
    public static SeriesFilter Has(string label)
    {
        SeriesLabels.ThrowIfBadName(label, nameof(label));
        return new(model => model.ByLabelName.Is(label));
    }

    /// <summary>Series that have not a label.</summary>
    /// <param name="label">The label.</param>
    /// <exception cref="ArgumentException">The text is empty.</exception>
    public static SeriesFilter Lacks(string label) => !Has(label);

    /// <summary>Series that both filters mean.</summary>
    /// <param name="left">The one.</param>
    /// <param name="right">The other.</param>
    public static SeriesFilter operator &(SeriesFilter left, SeriesFilter right)
    {
        ArgumentNullException.ThrowIfNull(left);
        ArgumentNullException.ThrowIfNull(right);
        return new(model => (left._build(model), right._build(model)) switch
        {
            (null, var other) => other,
            (var other, null) => other,
            var (one, other) => one & other,
        });
    }

    /// <summary>Series that either filter means.</summary>
    /// <param name="left">The one.</param>
    /// <param name="right">The other.</param>
    public static SeriesFilter operator |(SeriesFilter left, SeriesFilter right)
    {
        ArgumentNullException.ThrowIfNull(left);
        ArgumentNullException.ThrowIfNull(right);
        return new(model => (left._build(model), right._build(model)) is ({ } one, { } other) ? one | other : null);
    }

    /// <summary>Series that the filter does not mean.</summary>
    /// <param name="filter">The filter.</param>
    public static SeriesFilter operator !(SeriesFilter filter)
    {
        ArgumentNullException.ThrowIfNull(filter);
        return new(model => filter._build(model) is { } one ? !one : model.ByLabel.AnyOf());
    }

    /// <summary>The filter on the catalogue; null for all.</summary>
    internal Filter<SeriesEntry>? On(SeriesModel model) => _build(model);
}
