namespace RedisPatterns;

/// <summary>Finds the coarsest values of a rule that answer as the samples would.</summary>
internal static class ResolutionChoice
{
    /// <summary>Chooses.</summary>
    /// <param name="tree">The set and its rules.</param>
    /// <param name="range">The range that is asked for.</param>
    /// <param name="wanted">What is asked for.</param>
    /// <returns>What answers, and what is to be made of its values; the set itself when no rule does.</returns>
    public static (SeriesTree.Node Node, Aggregation Aggregation) Of(SeriesTree tree, TimeRange range, Aggregation wanted)
    {
        var (best, aggregation) = (tree.Root, wanted);
        foreach (var node in tree.InOrder)
        {
            if (node.Rule is { } rule && (best.Rule is null || rule.Aggregation.Every > best.Rule.Aggregation.Every)
                && KeepsEnough(tree.Root, node) && Answer(node, range, wanted) is { } answer)
            {
                (best, aggregation) = (node, answer);
            }
        }

        return (best, aggregation);
    }

    private static Aggregation? Answer(SeriesTree.Node node, TimeRange range, Aggregation wanted)
    {
        if (MadeOfSamples(node) is not { } made)
        {
            return null;
        }

        var (own, asked) = (new BucketGrid(node.Rule!.Aggregation), new BucketGrid(wanted));
        if (!asked.IsUnionOf(own) || !IsEdge(own, range.From) || !(range.To > SeriesTime.Greatest || IsEdge(own, range.To)))
        {
            return null;
        }

        // Where the buckets are the same, each has one value, which is what is asked for.
        var isSame = own.IsUnionOf(asked) && wanted.Window is null && made == wanted.Aggregator;
        return isSame ? With(wanted, Aggregator.First) : made.CombinerFor(wanted.Aggregator) is { } combiner ? With(wanted, combiner) : null;
    }

    private static bool IsEdge(BucketGrid grid, long moment) => moment == 0 || grid.StartOf(grid.NumberOf(moment)) == moment;

    // What a rule's values are of the samples: that of a rule on a rule depends on both.
    private static Aggregator? MadeOfSamples(SeriesTree.Node node)
    {
        var rule = node.Rule!;
        if (rule.Aggregation.Window is not null)
        {
            return null;
        }

        if (node.Source?.Rule is null)
        {
            return rule.Aggregation.Aggregator;
        }

        if (MadeOfSamples(node.Source) is not { } source || !new BucketGrid(rule.Aggregation).IsUnionOf(new BucketGrid(node.Source.Rule.Aggregation)))
        {
            return null;
        }

        foreach (var wanted in Enum.GetValues<Aggregator>())
        {
            if (source.CombinerFor(wanted) == rule.Aggregation.Aggregator)
            {
                return wanted;
            }
        }

        return null;
    }

    private static bool KeepsEnough(SeriesTree.Node root, SeriesTree.Node node)
    {
        for (var at = node; at.Rule is { } rule; at = at.Source!)
        {
            if (rule.Retention.Count is not null || (rule.Retention.Age is { } age && !(root.Set.Options.Retention.Age <= age)))
            {
                return false;
            }
        }

        return true;
    }

    private static Aggregation With(Aggregation wanted, Aggregator aggregator) => wanted.Calendar is { } period
        ? new(aggregator, period) { Empty = wanted.Empty, At = wanted.At }
        : new(aggregator, wanted.Every!.Value) { Origin = wanted.Origin, Window = wanted.Window, Empty = wanted.Empty, At = wanted.At };
}
