using System.Text;

namespace RedisPatterns;

/// <summary>Which indexes a model has, in the order in which scripts and memos go through them.</summary>
internal sealed class EntityShape
{
    private const string StampDigits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

    public EntityShape(IReadOnlyList<string> uniques, IReadOnlyList<(string Name, bool IsMany)> tags, IReadOnlyList<string> ranges)
    {
        Uniques = uniques;
        Tags = tags;
        Ranges = ranges;
        Description = string.Join(
            '|',
            uniques.Select(name => $"u:{name}").Concat(tags.Select(tag => $"{(tag.IsMany ? 'T' : 't')}:{tag.Name}")).Concat(ranges.Select(name => $"r:{name}")));
        Stamp = StampOf(Description);
    }

    public IReadOnlyList<string> Uniques { get; }

    public IReadOnlyList<(string Name, bool IsMany)> Tags { get; }

    public IReadOnlyList<string> Ranges { get; }

    /// <summary>The shape in words, kept in the catalogue: <c>u:email|t:status|T:labels|r:created</c>.</summary>
    public string Description { get; }

    /// <summary>Three letters that stand for the description at the head of a memo.</summary>
    public string Stamp { get; }

    public int IndexCount => Uniques.Count + Tags.Count + Ranges.Count;

    /// <summary>Keys of an operation: document, memo bucket, catalogue, one for each index.</summary>
    public int KeyCount => 3 + IndexCount;

    /// <summary>Arguments of an operation: function, verb, id, version, memo, description, one for each index, the document's two halves.</summary>
    public int ArgumentCount => 8 + IndexCount;

    /// <summary>The script that inserts one entity; null when the shape is too large for it.</summary>
    public AtomicScript<EntityWriteReply>? InsertScript => EntitySingleScript.Supports(this) ? field ??= EntitySingleScript.Insert(this) : null;

    /// <summary>The script that updates one entity; null when the shape is too large for it.</summary>
    public AtomicScript<EntityWriteReply>? UpdateScript => EntitySingleScript.Supports(this) ? field ??= EntitySingleScript.Update(this) : null;

    // FNV-1a, cut to 18 bits; two shapes of one model that fall together are found out when the second is registered.
    private static string StampOf(string description)
    {
        var hash = 2166136261u;
        foreach (var b in Encoding.UTF8.GetBytes(description))
        {
            hash = (hash ^ b) * 16777619u;
        }

        return string.Concat(StampDigits[(int)(hash & 63)], StampDigits[(int)((hash >> 6) & 63)], StampDigits[(int)((hash >> 12) & 63)]);
    }
}
