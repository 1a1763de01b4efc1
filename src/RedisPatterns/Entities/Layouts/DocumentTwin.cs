using RedisPatterns.Commands;

namespace RedisPatterns;

/// <summary>The twin of scripts for entities that are one string.</summary>
internal sealed class DocumentTwin : LayoutTwin
{
    public override void Put(IScriptContext context, StoreKey key, bool live, string version, ReadOnlySpan<StoreValue> content, bool keep, long grace) =>
        context.Call(Strings.Set(key, Splice(content, version), keep && live ? Expiry.Keep : Expiry.None));

    public override void Delete(IScriptContext context, StoreKey key) => context.Call(Keys.Delete(key));
}
