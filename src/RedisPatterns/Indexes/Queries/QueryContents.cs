using RedisPatterns.Commands;

namespace RedisPatterns;

/// <summary>What a query returns of an entity, as its layout has it: the C# of the function <c>contents</c>.</summary>
internal static class QueryContents
{
    /// <summary>The longest content in parts, in bytes, that comes with the answer; of a longer one the manifest alone does.</summary>
    public const int GreatestInParts = 65_536;

    /// <summary>The most parts that come with the answer.</summary>
    public const int GreatestPartCount = 16;

    public static StoreReply Of(IScriptContext context, string key, LayoutKind layout, string[] names) => layout switch
    {
        LayoutKind.Document => StoreReply.FromValue(context.Call(Strings.GetMany(key))[0]),
        LayoutKind.Hash => OfHash(context, key, names),
        LayoutKind.Attributes => OfAttributes(context, key, names),
        _ => OfParts(context, key),
    };

    private static StoreReply OfHash(IScriptContext context, StoreKey key, string[] names)
    {
        if (names.Length > 0)
        {
            return context.Call(Keys.Exists(key)) ? Values(context.Call(Hashes.GetMany(key, [.. names.Select(name => (StoreValue)name)]))) : StoreReply.Null;
        }

        var entries = context.Call(Hashes.GetAll(key));
        return entries.Length == 0 ? StoreReply.Null : Values(entries.SelectMany(entry => new[] { entry.Field, entry.Value }));
    }

    private static StoreReply OfAttributes(IScriptContext context, string key, string[] names)
    {
        var values = context.Call(Strings.GetMany([key, .. names.Select(name => (StoreKey)KeyGrammar.Attribute(key, name))]));
        return values[0].IsNull ? StoreReply.Null : Values(values);
    }

    private static StoreReply OfParts(IScriptContext context, string key)
    {
        var text = context.Call(Strings.Get(key));
        if (text.IsNull)
        {
            return StoreReply.Null;
        }

        var isWhole = ChunkManifest.TryParse(text, out var manifest) && manifest.PartCount <= GreatestPartCount && manifest.Length <= GreatestInParts;
        return Values([text, .. isWhole ? LayoutKeys.OfStored(LayoutKind.Chunked, key, text).Select(part => PartOf(context, part)) : []]);
    }

    private static StoreValue PartOf(IScriptContext context, StoreKey key)
    {
        try
        {
            return context.Call(Strings.Get(key));
        }
        catch (WrongTypeException)
        {
            return StoreValue.Empty;
        }
    }

    private static StoreReply Values(IEnumerable<StoreValue> values) => StoreReply.Array([.. values.Select(StoreReply.FromValue)]);
}
