namespace RedisPatterns.Testing;

/// <summary>A filter, and what it says of a ware.</summary>
/// <param name="Text">What it is, to be read in a failure.</param>
/// <param name="Of">Makes it from the model's handles.</param>
/// <param name="Holds">Whether it holds for a ware.</param>
/// <param name="Near">The circles in it: whether a ware lies in one is not for certain at its edge.</param>
internal sealed record WareFilter(string Text, Func<WareModel, Filter<Ware>> Of, Func<Ware, bool> Holds, params IReadOnlyList<(Spot Centre, double Metres)> Near)
{
    private const double Edge = 0.01;

    public static WareFilter operator &(WareFilter left, WareFilter right) =>
        new($"({left.Text} & {right.Text})", m => left.Of(m) & right.Of(m), ware => left.Holds(ware) && right.Holds(ware), [.. left.Near, .. right.Near]);

    public static WareFilter operator |(WareFilter left, WareFilter right) =>
        new($"({left.Text} | {right.Text})", m => left.Of(m) | right.Of(m), ware => left.Holds(ware) || right.Holds(ware), [.. left.Near, .. right.Near]);

    public static WareFilter operator !(WareFilter filter) => new($"!{filter.Text}", m => !filter.Of(m), ware => !filter.Holds(ware), filter.Near);

    /// <summary>Whether a ware lies on an edge.</summary>
    public bool IsUncertain(IReadOnlyList<Ware> wares) =>
        Near.Count > 0 && wares.Any(ware => ware.Spot is { } spot && Near.Any(circle => Math.Abs(WareValues.Distance(circle.Centre, spot) - circle.Metres) < Edge));
}
