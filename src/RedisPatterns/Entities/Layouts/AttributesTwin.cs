using RedisPatterns.Commands;

namespace RedisPatterns;

/// <summary>The twin of scripts for entities whose attributes are keys.</summary>
internal sealed class AttributesTwin : LayoutTwin
{
    // As MGET tells it: a key of another type is none.
    public override byte[] StateOf(IScriptContext context, StoreKey key) =>
        EntityState.Join(context.Call(Strings.GetMany([.. KeysOf(context, key)])).Select(value => value.IsNull ? "" : value));

    public override void Save(IScriptContext context, StoreKey key, IEnumerable<string> fields)
    {
        foreach (var part in KeysOf(context, key).Concat(fields.Select(field => (StoreKey)KeyGrammar.Attribute(key.ToString(), field))))
        {
            context.Call(Strings.Get(part));
        }
    }

    public override void Put(IScriptContext context, StoreKey key, bool live, string version, ReadOnlySpan<StoreValue> content, bool keep, long grace)
    {
        var old = live ? KeysOf(context, key) : [];
        var end = keep && live ? context.Call(Keys.ExpireTime(key)).Moment : null;
        var fresh = new HashSet<StoreKey> { key };
        for (var i = 2; i < content.Length; i += 2)
        {
            StoreKey part = KeyGrammar.Attribute(key.ToString(), content[i].AsText()!);
            fresh.Add(part);
            context.Call(Strings.Set(part, IsVersion(content, i) ? version : content[i + 1]));
        }

        context.Call(Strings.Set(key, content[1]));
        foreach (var part in old)
        {
            if (!fresh.Contains(part))
            {
                context.Call(Keys.Delete(part));
            }
        }

        if (end is { } moment)
        {
            ExpireAll(context, fresh, moment);
        }
    }

    public override void Delete(IScriptContext context, StoreKey key, bool isOneOfSeveral)
    {
        foreach (var part in KeysOf(context, key))
        {
            context.Call(Keys.Delete(part));
        }
    }

    public override IReadOnlyList<StoreKey> KeysOf(IScriptContext context, StoreKey key) =>
        [key, .. AttributeList.Names(context.Call(Strings.Get(key)).AsText()).Select(name => (StoreKey)KeyGrammar.Attribute(key.ToString(), name))];

    public override StoreValue FieldOf(IScriptContext context, StoreKey key, string field) => context.Call(Strings.Get(KeyGrammar.Attribute(key.ToString(), field)));

    public override string SchemaOf(IScriptContext context, StoreKey key) => AttributeList.Schema(context.Call(Strings.Get(key)).AsText()!);

    public override string? StoredSchemaOf(IScriptContext context, StoreKey key, bool isJson) =>
        context.Call(Strings.Get(key)).AsText() is { } list && list.IndexOf(':', StringComparison.Ordinal) is > 0 and var colon ? list[..colon] : null;

    public override void Patch(IScriptContext context, StoreKey key, IReadOnlyList<(string Field, StoreValue Text)> changes, string version, string versionField)
    {
        var list = context.Call(Strings.Get(key)).AsText()!;
        var names = AttributeList.Names(list).ToList();
        var end = context.Call(Keys.ExpireTime(key)).Moment;
        foreach (var (field, text) in changes)
        {
            if (text.IsNull)
            {
                context.Call(Keys.Delete(KeyGrammar.Attribute(key.ToString(), field)));
                names.RemoveAll(name => name == field);
            }
            else
            {
                Set(field, text);
            }
        }

        if (versionField.Length > 0)
        {
            Set(versionField, version);
        }

        context.Call(Strings.Set(key, AttributeList.Format(AttributeList.Schema(list), names), Expiry.Keep));

        void Set(string field, StoreValue text)
        {
            StoreKey part = KeyGrammar.Attribute(key.ToString(), field);
            context.Call(Strings.Set(part, text));
            if (end is { } moment)
            {
                context.Call(Keys.ExpireAt(part, moment));
            }

            if (!names.Contains(field))
            {
                names.Add(field);
            }
        }
    }
}
