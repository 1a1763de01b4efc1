using System.Globalization;
using System.Text.RegularExpressions;
using RedisPatterns.Commands;

namespace RedisPatterns;

/// <summary>The twin of scripts for entities that lie in parts.</summary>
internal sealed partial class ChunkedTwin : LayoutTwin
{
    public override int Check(IScriptContext context, StoreKey key, ReadOnlySpan<StoreValue> content)
    {
        foreach (var part in PartsOf(key, Splice(content, "0")))
        {
            if (!context.Call(Keys.Exists(part)))
            {
                return EntityWriteReply.PartsLost;
            }
        }

        return 0;
    }

    public override void Put(IScriptContext context, StoreKey key, bool live, string version, ReadOnlySpan<StoreValue> content, bool keep, long grace)
    {
        var manifest = Splice(content, version);
        var old = live ? context.Call(Strings.Get(key)) : default;
        var end = keep && live ? context.Call(Keys.ExpireTime(key)).Moment : null;
        context.Call(Strings.Set(key, manifest));
        foreach (var part in PartsOf(key, manifest))
        {
            context.Call(Keys.Persist(part));
        }

        if (end is { } moment)
        {
            ExpireAll(context, [key, .. PartsOf(key, manifest)], moment);
        }

        foreach (var part in PartsOf(key, old))
        {
            context.Call(Keys.Expire(part, TimeSpan.FromMilliseconds(grace)));
        }
    }

    public override void Delete(IScriptContext context, StoreKey key, bool isOneOfSeveral)
    {
        foreach (var part in PartsOf(key, context.Call(Strings.Get(key))))
        {
            context.Call(isOneOfSeveral ? Keys.Expire(part, TimeSpan.FromSeconds(1)) : Keys.Delete(part));
        }

        context.Call(Keys.Delete(key));
    }

    public override IReadOnlyList<StoreKey> KeysOf(IScriptContext context, StoreKey key) => [.. PartsOf(key, context.Call(Strings.Get(key))), key];

    public override string? StoredSchemaOf(IScriptContext context, StoreKey key, bool isJson) => Captured(ManifestHead(), context, key, 64);

    /// <summary>The keys of the parts that a manifest names.</summary>
    public static IEnumerable<StoreKey> PartsOf(StoreKey key, StoreValue manifest)
    {
        if (manifest.IsNull)
        {
            return [];
        }

        if (ChunkManifest.TryParse(manifest, out var parsed))
        {
            return PartsOf(key, parsed.Generation, parsed.PartCount);
        }

        // Scripts look less closely than readers: one that is damaged may still tell where its parts are.
        var match = Manifest().Match(manifest.AsText()!);
        return match.Success && double.Parse(match.Groups[1].ValueSpan, CultureInfo.InvariantCulture) is var count and <= ChunkManifest.MaximumPartCount
            ? PartsOf(key, match.Groups[2].Value, (int)count)
            : [];
    }

    private static IEnumerable<StoreKey> PartsOf(StoreKey key, string generation, int count)
    {
        var prefix = KeyGrammar.PartPrefix(key.ToString(), generation);
        return Enumerable.Range(0, count).Select(number => (StoreKey)KeyGrammar.Part(prefix, number));
    }

    [GeneratedRegex(@"\Achunks/1;v=[0-9]+;schema=[0-9]+;parts=([0-9]+);gen=([A-Za-z0-9]+);length=[0-9]+;part=[0-9]+;crc32c=[0-9A-Fa-f]+\z")]
    private static partial Regex Manifest();

    [GeneratedRegex(@"\Achunks/1;v=[0-9]+;schema=([0-9]+);")]
    private static partial Regex ManifestHead();
}
