using System.Text.RegularExpressions;
using RedisPatterns.Commands;

namespace RedisPatterns;

/// <summary>The twin of scripts for entities that are one string.</summary>
internal sealed partial class DocumentTwin : LayoutTwin
{
    public override void Put(IScriptContext context, StoreKey key, bool live, string version, ReadOnlySpan<StoreValue> content, bool keep, long grace) =>
        context.Call(Strings.Set(key, Splice(content, version), keep && live ? Expiry.Keep : Expiry.None));

    public override void Delete(IScriptContext context, StoreKey key, bool isOneOfSeveral) => context.Call(Keys.Delete(key));

    public override string? StoredSchemaOf(IScriptContext context, StoreKey key, bool isJson) =>
        isJson ? Captured(JsonHead(), context, key, 16) : Captured(FormatHead(), context, key, 33);

    [GeneratedRegex(@"\A{""\$v"":([0-9]+)[,}]")]
    private static partial Regex JsonHead();

    [GeneratedRegex(@"\A\x00RP([0-9]+);")]
    private static partial Regex FormatHead();
}
