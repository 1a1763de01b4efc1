using System.Collections.Concurrent;
using System.Globalization;
using System.Text;

namespace RedisPatterns;

/// <summary>What scripts need to know of a model: which indexes it has, in which order, and how its entities lie in the store.</summary>
internal sealed class EntityShape
{
    /// <summary>The most indexes that a memo has a part of: Lua captures 32 parts of a memo, of which version and schema are two.</summary>
    public const int GreatestSegmentCount = 30;

    /// <summary>The most range indexes: Lua has room for 200 variables in a function.</summary>
    public const int GreatestRangeCount = 32;

    private const string StampDigits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

    // Each form is a script that servers keep.
    private const int GreatestPatchCount = 128;

    private readonly ConcurrentDictionary<string, (SingleForm Form, AtomicScript<EntityWriteReply> Script)> _patches = new(StringComparer.Ordinal);

    /// <summary>A shape.</summary>
    /// <param name="slots">The indexes, in any order of their forms; those of one form in the order of the model.</param>
    public EntityShape(IReadOnlyList<IndexSlot> slots)
    {
        Uniques = Of(IndexForm.Claim);
        Tags = Of(IndexForm.Member);
        Texts = Of(IndexForm.Text);
        Totals = Of(IndexForm.Count);
        Ranges = Of(IndexForm.Score);
        Slots = [.. Uniques, .. Tags, .. Texts, .. Totals, .. Ranges];
        Description = string.Join('|', Slots);
        Stamp = StampOf(Description);

        IndexSlot[] Of(IndexForm form) => [.. slots.Where(slot => IndexForms.AreTogether(slot.Form, form))];
    }

    /// <summary>All indexes in the order in which scripts have them.</summary>
    public IReadOnlyList<IndexSlot> Slots { get; }

    public IReadOnlyList<IndexSlot> Uniques { get; }

    public IReadOnlyList<IndexSlot> Tags { get; }

    /// <summary>Those held as text in order.</summary>
    public IReadOnlyList<IndexSlot> Texts { get; }

    /// <summary>Counts and sums.</summary>
    public IReadOnlyList<IndexSlot> Totals { get; }

    /// <summary>Those held as scores.</summary>
    public IReadOnlyList<IndexSlot> Ranges { get; }

    /// <summary>How entities lie in the store.</summary>
    public LayoutKind Layout { get; init; } = LayoutKind.Document;

    /// <summary>Whether there is anything to remember of an entity: index entries or a version.</summary>
    public bool HasMemo { get; init; } = true;

    /// <summary>Whether entities may expire.</summary>
    public bool Expires { get; init; }

    /// <summary>Whether documents are JSON, and not of another format.</summary>
    public bool IsJson { get; init; } = true;

    /// <summary>Whether a write looks at the schema in the document itself, so as not to overwrite newer data: nothing else remembers it.</summary>
    public bool GuardsSchema { get; init; }

    /// <summary>The version of the documents' schema.</summary>
    public int Schema { get; init; } = 1;

    /// <summary>How long, in milliseconds, the parts of a replaced value are kept; 0 in layouts without parts.</summary>
    public long Grace { get; init; }

    /// <summary>Whether expired entities leave something that has to be swept.</summary>
    public bool IsSwept => Expires && HasMemo;

    /// <summary>The indexes in words, kept in the catalogue: <c>u:email|t:status|T:labels|l:city-age=sn|c:per-status|r:created=m</c>.</summary>
    public string Description { get; }

    /// <summary>What the indexes are, in the same order: <see cref="EntityIndex{T}.Definition"/> of each.</summary>
    public IReadOnlyList<string> Definitions { get => field ??= [.. Slots.Select(slot => slot.ToString())]; init; }

    /// <summary>What a write puts into the catalogue behind a letter: description and definitions.</summary>
    public string Registration => field ??= Description + '\n' + string.Join('|', Definitions);

    /// <summary>Three letters that stand for the description at the head of a memo.</summary>
    public string Stamp { get; }

    /// <summary>What stands between version and entries in a memo: nothing for the first schema.</summary>
    public string SchemaMark => Schema == 1 ? "" : "." + Schema.ToString(CultureInfo.InvariantCulture);

    /// <summary>What tells shapes apart for which a script is composed.</summary>
    public string ScriptKey => field ??= Invariant($"{(char)Layout}{(HasMemo ? 'm' : '-')}{(Expires ? 'x' : '-')}{(!GuardsSchema ? '-' : IsJson ? 'j' : 'f')}{Schema}/{Grace}/{Description}");

    public int IndexCount => Slots.Count;

    /// <summary>All but the ranges: those that have a segment in the memo.</summary>
    public int SegmentCount => Slots.Count - Ranges.Count;

    /// <summary>The place of the first index among the keys: behind document, memo bucket, catalogue, expiry where entities are swept, and recount where there are totals.</summary>
    public int FirstIndexKey => !HasMemo ? 1 : 3 + (IsSwept ? 1 : 0) + (Totals.Count > 0 ? 1 : 0);

    /// <summary>The place of the first total among the indexes.</summary>
    public int FirstTotal => Uniques.Count + Tags.Count + Texts.Count;

    /// <summary>How many keys an operation has.</summary>
    public int KeyCount => FirstIndexKey + IndexCount;

    /// <summary>The script that inserts one entity; null when the shape is not one it is made for.</summary>
    public AtomicScript<EntityWriteReply>? InsertScript => EntitySingleScript.Supports(this) ? field ??= EntitySingleScript.Of(this, SingleForm.Insert) : null;

    /// <summary>The script that updates one entity; null when the shape is not one it is made for.</summary>
    public AtomicScript<EntityWriteReply>? UpdateScript => EntitySingleScript.Supports(this) ? field ??= EntitySingleScript.Of(this, SingleForm.Update) : null;

    /// <summary>The script that replaces one document if it is still the same; null when the shape is not one it is made for.</summary>
    public AtomicScript<EntityWriteReply>? ReplaceScript =>
        Layout == LayoutKind.Document && EntitySingleScript.Supports(this) ? field ??= EntitySingleScript.Of(this, SingleForm.Replacement) : null;

    /// <summary>The script for patches of a form; null when the shape is not one it is made for, or there are very many forms.</summary>
    /// <param name="signature">The form by its signature.</param>
    /// <param name="form">The form.</param>
    public AtomicScript<EntityWriteReply>? PatchScript(ReadOnlySpan<char> signature, out SingleForm form)
    {
        if (_patches.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(signature, out var patch))
        {
            form = patch.Form;
            return patch.Script;
        }

        var made = SingleForm.OfPatch(signature.ToString());
        form = made;
        return EntitySingleScript.Supports(this) && _patches.Count < GreatestPatchCount
            ? _patches.GetOrAdd(signature.ToString(), _ => (made, EntitySingleScript.Of(this, made))).Script
            : null;
    }

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

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
