namespace RedisPatterns.StackExchangeRedis.Tests;

/// <summary>Draws queries. What has no order is compared without one, and whole.</summary>
internal sealed class QueryDrawing(EntityDice dice)
{
    public EntityCall Draw(GadgetVariant variant, int place)
    {
        var (filterText, filter) = variant.Indexes == GadgetIndexes.None ? new DrawnFilter("everything", null) : dice.Chance(10) ? new DrawnFilter("everything", null) : Filter(variant, 2);
        var isOrdered = variant.Indexes != GadgetIndexes.None && dice.Chance(50);
        var descends = dice.Chance(50);
        var take = isOrdered && dice.Chance(50) ? 1 + dice.Next(3) : 0;
        var want = dice.Next(4);
        var order = isOrdered ? descends ? " by rank, greatest first" : " by rank" : "";
        return new($"Query {filterText}{order}{(take > 0 ? $", {take}" : "")}: {(want switch { 0 => "count", 1 => "any", 2 => "ids", _ => "list" })}", async side =>
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

    private DrawnFilter Filter(GadgetVariant variant, int depth)
    {
        if (depth > 0 && dice.Chance(40))
        {
            var (leftText, left) = Filter(variant, depth - 1);
            var (rightText, right) = Filter(variant, depth - 1);
            return dice.Next(3) switch
            {
                0 => new DrawnFilter($"({leftText} & {rightText})", m => left!(m) & right!(m)),
                1 => new DrawnFilter($"({leftText} | {rightText})", m => left!(m) | right!(m)),
                _ => new DrawnFilter($"!{leftText}", m => !left!(m)),
            };
        }

        var (least, most) = (dice.Int(), dice.Int());
        if (dice.Chance(40))
        {
            return new DrawnFilter($"rank {least}..{most}", m => m.ByRank!.Between(least, most));
        }

        return variant.Indexes == GadgetIndexes.OfFunctions ? Labels() : dice.Next(3) switch
        {
            0 when variant.Indexes == GadgetIndexes.OfFields => Labels(),
            1 when variant.Indexes == GadgetIndexes.OfFields => new DrawnFilter($"price over {least}", m => m.ByPrice!.GreaterThan(least)),
            _ when dice.Status() is var status => new DrawnFilter($"status '{status}'", m => m.ByStatus!.Is(status)),
            _ => Labels(),
        };
    }

    private DrawnFilter Labels()
    {
        var labels = dice.Some(1, 2, dice.Label);
        return dice.Chance(50)
            ? new DrawnFilter($"any of {string.Join('|', labels)}", m => m.ByLabel!.AnyOf(labels))
            : new DrawnFilter($"all of {string.Join('|', labels)}", m => m.ByLabel!.AllOf(labels));
    }
}
