namespace RedisPatterns;

/// <summary>The keys of one model in one keyspace, joined once.</summary>
internal sealed class EntityKeys
{
    private readonly string _entityPrefix;
    private readonly string _memoPrefix;
    private readonly StoreKey[] _memoBuckets = new StoreKey[KeyGrammar.MemoBuckets];

    public EntityKeys(Keyspace keyspace, string model, EntityShape shape)
    {
        var tag = keyspace.Tag;
        _entityPrefix = KeyGrammar.EntityPrefix(tag, model);
        _memoPrefix = KeyGrammar.MemoPrefix(tag, model);
        Catalogue = KeyGrammar.Catalogue(tag, model);
        Pending = KeyGrammar.Pending(tag, model);
        Expiry = KeyGrammar.Expiry(tag, model);
        Uniques = [.. shape.Uniques.Select(slot => (StoreKey)KeyGrammar.Index(tag, model, slot.Name))];
        TagPrefixes = [.. shape.Tags.Select(item => KeyGrammar.TagPrefix(tag, model, item.Name))];
        Texts = [.. shape.Texts.Select(slot => (StoreKey)KeyGrammar.Index(tag, model, slot.Name))];
        Ranges = [.. shape.Ranges.Select(slot => (StoreKey)KeyGrammar.Index(tag, model, slot.Name))];
        Totals = [.. shape.Totals.Select(slot => (StoreKey)KeyGrammar.Total(tag, model, slot.Name))];
        Recount = KeyGrammar.Recount(tag, model);
        Indexes = [.. Uniques, .. TagPrefixes.Select(prefix => (StoreKey)prefix), .. Texts, .. Totals, .. Ranges];
    }

    /// <summary>The hash that names the index shapes that memos were written under.</summary>
    public StoreKey Catalogue { get; }

    /// <summary>The sorted set of the entities that are not in an index, by the index.</summary>
    public StoreKey Pending { get; }

    /// <summary>The sorted set of the moments at which entities expire.</summary>
    public StoreKey Expiry { get; }

    /// <summary>What stands before the number in the keys of memo buckets.</summary>
    public string MemoPrefix => _memoPrefix;

    public StoreKey[] Uniques { get; }

    public string[] TagPrefixes { get; }

    public StoreKey[] Texts { get; }

    /// <summary>The totals; one that is kept by period by what stands before the period.</summary>
    public StoreKey[] Totals { get; }

    public StoreKey[] Ranges { get; }

    /// <summary>The hash that tells which recount of the totals goes on.</summary>
    public StoreKey Recount { get; }

    /// <summary>One key for each index, in the order of the shape; a tag index by its prefix.</summary>
    public StoreKey[] Indexes { get; }

    /// <summary>The prefix of every document's key; also a key of the right slot to run a script by.</summary>
    public string EntityPrefix => _entityPrefix;

    public string EntityPattern => _entityPrefix + "{id}";

    public StoreKey Entity(string token) => _entityPrefix + token;

    public StoreKey Memo(string token) => MemoBucket(KeyGrammar.MemoBucket(token));

    public StoreKey MemoBucket(int number)
    {
        var key = _memoBuckets[number];
        return key.IsNull ? _memoBuckets[number] = _memoPrefix + number.ToString(System.Globalization.CultureInfo.InvariantCulture) : key;
    }
}
