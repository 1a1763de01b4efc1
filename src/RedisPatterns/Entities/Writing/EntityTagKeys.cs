namespace RedisPatterns;

/// <summary>The tag sets and the totals by period that a write touches: those that the entity joins and those that it may leave.</summary>
internal static class EntityTagKeys
{
    public static void Collect(EntityOperation operation, string? memoText, HashSet<StoreKey> keys)
    {
        var shape = operation.Shape;
        var entries = new StoreValue[shape.IndexCount];
        operation.FillEntries(entries);
        var old = memoText is not null && Memo.TryParse(memoText, out var memo) && memo.Value.Stamp == shape.Stamp ? memo.Value.Segments : [];
        for (var i = 0; i < shape.Tags.Count; i++)
        {
            var segment = shape.Uniques.Count + i;
            AddAll(entries[segment].AsText()!, i);
            if (segment < old.Length)
            {
                AddAll(old[segment], i);
            }
        }

        for (var i = 0; i < shape.Totals.Count; i++)
        {
            if (shape.Totals[i].IsPeriodic)
            {
                var segment = shape.FirstTotal + i;
                AddPeriod(entries[segment].AsText()!, i);
                AddPeriod(segment < old.Length ? old[segment] : "", i);
            }
        }

        void AddPeriod(string part, int total)
        {
            if (TotalTwin.PartOf(shape.Totals[total].Form, operation.Keys.Totals[total], part) is { } found)
            {
                keys.Add(found.Key);
            }
        }

        void AddAll(string values, int tag)
        {
            var isChange = values.StartsWith('\u0004');
            foreach (var value in Memo.Values(isChange ? values[1..] : values))
            {
                keys.Add(operation.Keys.TagPrefixes[tag] + (isChange ? value[1..] : value));
            }
        }
    }
}
