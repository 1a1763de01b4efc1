using System.Text;
using System.Text.RegularExpressions;
using RedisPatterns.Commands;

namespace RedisPatterns;

/// <summary>What the functions of <see cref="LayoutLua"/> do, in C#. Nothing needs saving here: the store itself takes back.</summary>
internal abstract class LayoutTwin
{
    private static readonly LayoutTwin Document = new DocumentTwin();
    private static readonly LayoutTwin Hash = new HashTwin();
    private static readonly LayoutTwin Attributes = new AttributesTwin();
    private static readonly LayoutTwin Chunked = new ChunkedTwin();

    public static LayoutTwin Of(LayoutKind layout) => layout switch
    {
        LayoutKind.Hash => Hash,
        LayoutKind.Attributes => Attributes,
        LayoutKind.Chunked => Chunked,
        _ => Document,
    };

    public virtual bool IsLive(IScriptContext context, StoreKey key) => context.Call(Strings.Length(key)) > 0;

    /// <summary>The content as bytes, of which the digest is compared.</summary>
    public virtual byte[] StateOf(IScriptContext context, StoreKey key) => context.Call(Strings.Get(key)).AsMemory().ToArray();

    /// <summary>What is missing for a write; 0 when nothing is.</summary>
    public virtual int Check(IScriptContext context, StoreKey key, ReadOnlySpan<StoreValue> content) => 0;

    public abstract void Put(IScriptContext context, StoreKey key, bool live, string version, ReadOnlySpan<StoreValue> content, bool keep, long grace);

    /// <summary>Reads what the Lua saves before one of several writes, which fails where a key has another type.</summary>
    public virtual void Save(IScriptContext context, StoreKey key, IEnumerable<string> fields)
    {
    }

    /// <summary>Deletes it; as one of several writes, what the Lua could not bring back it leaves to expire.</summary>
    public abstract void Delete(IScriptContext context, StoreKey key, bool isOneOfSeveral);

    public virtual IReadOnlyList<StoreKey> KeysOf(IScriptContext context, StoreKey key) => [key];

    public virtual StoreValue FieldOf(IScriptContext context, StoreKey key, string field) => throw new NotSupportedException();

    public virtual string SchemaOf(IScriptContext context, StoreKey key) => throw new NotSupportedException();

    /// <summary>The version of the schema as the content says it, whatever that is; null when it does not.</summary>
    public abstract string? StoredSchemaOf(IScriptContext context, StoreKey key, bool isJson);

    public virtual void Patch(IScriptContext context, StoreKey key, IReadOnlyList<(string Field, StoreValue Text)> changes, string version, string versionField) =>
        throw new NotSupportedException();

    /// <summary>The content of an entity in two halves, with the version in between.</summary>
    protected static StoreValue Splice(ReadOnlySpan<StoreValue> content, string version) => content.Length == 1
        ? content[0]
        : (StoreValue)(byte[])[.. content[0].AsMemory().Span, .. ((StoreValue)version).AsMemory().Span, .. content[1].AsMemory().Span];

    /// <summary>Whether a field holds the version; without a version the name in front is empty, which a field's may be too.</summary>
    protected static bool IsVersion(ReadOnlySpan<StoreValue> content, int field) => content[field] == content[0] && content[0].GetByteCount() > 0;

    /// <summary>What a pattern captures in the first bytes of a string; null when it does not fit.</summary>
    protected static string? Captured(Regex pattern, IScriptContext context, StoreKey key, int bytes) =>
        pattern.Match(Encoding.Latin1.GetString(context.Call(Strings.GetRange(key, 0, bytes - 1)).AsMemory().Span)) is { Success: true } match ? match.Groups[1].Value : null;

    protected static void ExpireAll(IScriptContext context, IEnumerable<StoreKey> keys, DateTimeOffset moment)
    {
        foreach (var key in keys)
        {
            context.Call(Keys.ExpireAt(key, moment));
        }
    }
}
