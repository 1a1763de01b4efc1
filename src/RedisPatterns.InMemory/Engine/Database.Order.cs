namespace RedisPatterns.InMemory;

internal sealed partial class Database
{
    private const int PartLength = 1_024;

    // Null until a range is read for the first time: who reads none pays for a look at it.
    private RankTree<OrderedEntry>? _order;

    /// <summary>The entries of a range of keys, in the order of the keys' bytes.</summary>
    /// <param name="from">The least key that may come.</param>
    /// <param name="to">The key before which the range ends.</param>
    /// <param name="limit">At most how many.</param>
    /// <param name="descending">Whether the greatest keys come, the greatest first.</param>
    public List<Entry> Range(StoreKey from, StoreKey to, int limit, bool descending)
    {
        var order = _order ??= CreateOrder();
        var found = new List<Entry>();
        var first = CountBefore(order, from);
        var last = CountBefore(order, to);
        while (first < last && found.Count < limit)
        {
            var part = new OrderedEntry[Math.Min(Math.Min(limit - found.Count, last - first), PartLength)];
            order.CopyRange(descending ? last - part.Length : first, part);
            if (descending)
            {
                Array.Reverse(part);
            }

            var before = found.Count;
            foreach (var item in part)
            {
                if (item.Entry.Deadline > Now || Expire(item.Entry))
                {
                    found.Add(item.Entry);
                }
            }

            // What had expired has left the order, and what comes behind it has moved up.
            var alive = found.Count - before;
            (first, last) = descending ? (first, last - part.Length) : (first + alive, last - part.Length + alive);
        }

        return found;
    }

    private static int CountBefore(RankTree<OrderedEntry> order, StoreKey key) =>
        order.CountBefore(static (item, place) => KeyOrder.Compare(item.Entry.Key, place) < 0, key);

    private RankTree<OrderedEntry> CreateOrder()
    {
        var order = new RankTree<OrderedEntry>();
        for (var i = 0; i < _entries.Count; i++)
        {
            order.Add(new(_entries.ValueAt(i)));
        }

        return order;
    }
}
