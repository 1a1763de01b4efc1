namespace RedisPatterns.InMemory;

/// <summary>An entry in the order of keys.</summary>
internal readonly record struct OrderedEntry(Entry Entry) : IRanked<OrderedEntry>
{
    public static int Compare(in OrderedEntry left, in OrderedEntry right) => KeyOrder.Compare(left.Entry.Key, right.Entry.Key);
}
