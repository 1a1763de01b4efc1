namespace RedisPatterns;

/// <summary>The keys of an entity beside its own, as far as a write names them.</summary>
internal static class LayoutKeys
{
    /// <summary>The keys that a content names.</summary>
    public static IEnumerable<StoreKey> Of(LayoutKind layout, StoreKey key, StoreValue[] content) => layout switch
    {
        LayoutKind.Attributes => OfList(key, content[1].AsText()),
        LayoutKind.Chunked => ChunkedTwin.PartsOf(key, content[0].AsText() + "0" + content[1].AsText()),
        _ => [],
    };

    /// <summary>The keys that what is stored at the entity's own key names.</summary>
    public static IEnumerable<StoreKey> OfStored(LayoutKind layout, StoreKey key, StoreValue stored) => stored.IsNull ? [] : layout switch
    {
        LayoutKind.Attributes => OfList(key, stored.AsText()),
        LayoutKind.Chunked => ChunkedTwin.PartsOf(key, stored),
        _ => [],
    };

    private static IEnumerable<StoreKey> OfList(StoreKey key, string? list) =>
        AttributeList.Names(list).Select(name => (StoreKey)KeyGrammar.Attribute(key.ToString(), name));
}
