using RedisPatterns.Commands;

namespace RedisPatterns;

/// <summary>The twin of scripts for entities that are hashes.</summary>
internal sealed class HashTwin : LayoutTwin
{
    public override bool IsLive(IScriptContext context, StoreKey key) => context.Call(Hashes.Length(key)) > 0;

    public override byte[] StateOf(IScriptContext context, StoreKey key) => EntityState.Join(context.Call(Hashes.GetAll(key)).SelectMany(entry => new[] { entry.Field, entry.Value }));

    public override void Put(IScriptContext context, StoreKey key, bool live, string version, ReadOnlySpan<StoreValue> content, bool keep, long grace)
    {
        var entries = new List<HashEntry>();
        for (var i = 2; i < content.Length; i += 2)
        {
            entries.Add(new(content[i], IsVersion(content, i) ? version : content[i + 1]));
        }

        context.Call(Hashes.Set(key, [.. entries]));
        var gone = context.Call(Hashes.Fields(key)).Except(entries.Select(entry => entry.Field)).ToArray();
        if (gone.Length > 0)
        {
            context.Call(Hashes.Delete(key, gone));
        }
    }

    public override void Delete(IScriptContext context, StoreKey key, bool isOneOfSeveral) => context.Call(Keys.Delete(key));

    public override StoreValue FieldOf(IScriptContext context, StoreKey key, string field) => context.Call(Hashes.Get(key, field));

    public override string SchemaOf(IScriptContext context, StoreKey key) => context.Call(Hashes.Get(key, SchemaHeader.Field)).AsText() ?? "1";

    public override string? StoredSchemaOf(IScriptContext context, StoreKey key, bool isJson) => context.Call(Hashes.Get(key, SchemaHeader.Field)).AsText();

    public override void Patch(IScriptContext context, StoreKey key, IReadOnlyList<(string Field, StoreValue Text)> changes, string version, string versionField)
    {
        var gone = changes.Where(change => change.Text.IsNull).Select(change => (StoreValue)change.Field).ToArray();
        if (gone.Length > 0)
        {
            context.Call(Hashes.SetIfAbsent(key, SchemaHeader.Field, "1"));
        }

        foreach (var (field, text) in changes)
        {
            if (!text.IsNull)
            {
                context.Call(Hashes.Set(key, field, text));
            }
        }

        if (versionField.Length > 0)
        {
            context.Call(Hashes.Set(key, versionField, version));
        }

        if (gone.Length > 0)
        {
            context.Call(Hashes.Delete(key, gone));
        }
    }
}
