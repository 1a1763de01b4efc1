namespace RedisPatterns.StackExchangeRedis.Tests;

/// <summary>Draws queries. What has no order is compared without one, and whole.</summary>
internal sealed class QueryDrawing(EntityDice dice)
{
    public (string Text, Func<EntitySide, int, Task<string>> Run) Draw(GadgetVariant variant)
    {
        var (filterText, filter) = variant.Indexes == GadgetIndexes.None ? ("everything", null) : dice.Chance(10) ? ("everything", null) : Filter(variant, 2);
        var isOrdered = variant.Indexes != GadgetIndexes.None && dice.Chance(50);
        var descends = dice.Chance(50);
        var take = isOrdered && dice.Chance(50) ? 1 + dice.Next(3) : 0;
        var want = dice.Next(4);
        var order = isOrdered ? descends ? " by rank, greatest first" : " by rank" : "";
        return ($"Query {filterText}{order}{(take > 0 ? $", {take}" : "")}: {(want switch { 0 => "count", 1 => "any", 2 => "ids", _ => "list" })}", async (side, place) =>
        {
            var repository = side.Repositories[place];
            var query = filter is null ? repository.Query() : repository.Query(filter);
            query = !isOrdered ? query : descends ? query.OrderByDescending(m => m.ByRank!) : query.OrderBy(m => m.ByRank!);
            query = take > 0 ? query.Take(take) : query;
            var unreadable = new List<string>();
            var found = want switch
            {
                0 => [$"{await query.CountAsync(side.Cancellation)}"],
                1 => [$"{await query.AnyAsync(side.Cancellation)}"],
                2 => await query.ToIdsAsync(side.Cancellation),
                _ => (await query.SkipUnreadable(row => unreadable.Add(row.Id)).ToListAsync(side.Cancellation)).Select(gadget => side.Learn(place, gadget)),
            };
            return string.Join(' ', isOrdered ? found : found.Order(StringComparer.Ordinal)) + string.Join(' ', unreadable.Order(StringComparer.Ordinal));
        });
    }

    private (string Text, Func<GadgetModel, Filter<Gadget>>? Make) Filter(GadgetVariant variant, int depth)
    {
        if (depth > 0 && dice.Chance(40))
        {
            var (leftText, left) = Filter(variant, depth - 1);
            var (rightText, right) = Filter(variant, depth - 1);
            return dice.Next(3) switch
            {
                0 => ($"({leftText} & {rightText})", m => left!(m) & right!(m)),
                1 => ($"({leftText} | {rightText})", m => left!(m) | right!(m)),
                _ => ($"!{leftText}", m => !left!(m)),
            };
        }

        var (least, most) = (dice.Int(), dice.Int());
        if (dice.Chance(40))
        {
            return ($"rank {least}..{most}", m => m.ByRank!.Between(least, most));
        }

        return variant.Indexes == GadgetIndexes.OfFunctions ? Labels() : dice.Next(3) switch
        {
            0 when variant.Indexes == GadgetIndexes.OfFields => Labels(),
            1 when variant.Indexes == GadgetIndexes.OfFields => ($"price over {least}", m => m.ByPrice!.GreaterThan(least)),
            _ when dice.Status() is var status => ($"status '{status}'", m => m.ByStatus!.Is(status)),
            _ => Labels(),
        };
    }

    private (string Text, Func<GadgetModel, Filter<Gadget>>? Make) Labels()
    {
        var labels = dice.Some(1, 2, dice.Label);
        return dice.Chance(50)
            ? ($"any of {string.Join('|', labels)}", m => m.ByLabel!.AnyOf(labels))
            : ($"all of {string.Join('|', labels)}", m => m.ByLabel!.AllOf(labels));
    }
}
