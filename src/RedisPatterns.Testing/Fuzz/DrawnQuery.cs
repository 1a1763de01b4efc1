namespace RedisPatterns.Testing;

/// <summary>A query, and what it is to find.</summary>
/// <param name="Filter">The filter; null for none.</param>
/// <param name="Order">The order; null for none.</param>
/// <param name="Take">The number; null for all.</param>
/// <param name="Budget">The budget; null for that of the library.</param>
internal sealed record DrawnQuery(WareFilter? Filter, WareOrder? Order, int? Take, int? Budget)
{
    public static DrawnQuery Draw(WareDice dice, FilterDrawing filters) => new(
        dice.Chance(3) ? null : filters.Draw(),
        dice.Chance(60) ? WareOrder.Draw(dice) : null,
        dice.Chance(45) ? dice.Chance(10) ? 0 : 1 + dice.Next(dice.Chance(50) ? 5 : dice.Chance(80) ? 60 : 700) : null,
        dice.Chance(50) ? 100 + dice.Next(dice.Chance(80) ? 50 : 1_500) : null);

    public Query<Ware, WareModel> On(Repository<Ware, WareModel> wares)
    {
        var query = Filter is null ? wares.Query() : wares.Query(Filter.Of);
        query = Budget is { } budget ? query.Budget(budget) : query;
        query = Order is null ? query : Order.Apply(query);
        return Take is { } take ? query.Take(take) : query;
    }

    /// <summary>Whether the answer can not be told for certain.</summary>
    public bool IsUncertain(IReadOnlyList<Ware> wares) => Filter?.IsUncertain(wares) == true || Order?.IsUncertain(wares) == true;

    /// <summary>All that it finds, were there no number; in order, if it has one.</summary>
    public List<Ware> Matches(IReadOnlyList<Ware> wares)
    {
        var found = wares.Where(ware => Filter?.Holds(ware) != false && Order?.Has(ware) != false).ToList();
        if (Order is not null)
        {
            found.Sort(Order.Comparer);
        }

        return found;
    }

    public override string ToString() => $"{Filter?.Text ?? "everything"}{(Order is null ? "" : $", {Order.Text}")}{(Take is { } take ? $", {take} of them" : "")}{(Budget is { } budget ? $", budget {budget}" : "")}";
}
