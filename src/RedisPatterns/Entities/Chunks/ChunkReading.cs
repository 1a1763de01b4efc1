using RedisPatterns.Commands;

namespace RedisPatterns;

/// <summary>Reads what a key and its parts hold: the whole content of one write, or nothing.</summary>
internal static class ChunkReading
{
    /// <summary>The greatest length, in bytes, of a content that a script returns as a whole: a server copies it while all others wait.</summary>
    public const int MaximumBytesAtOnce = 1024 * 1024;

    // Each further attempt takes another writer that has replaced the content and outlived the grace of its parts meanwhile.
    private const int MaximumAttempts = 8;

    /// <summary>Reads manifest and content. One round trip for a short content where the server has scripts, else as few as its parts take.</summary>
    /// <returns>Manifest and content, or null when there is no entity.</returns>
    /// <exception cref="ChunkReadException">The content is damaged, or was replaced again and again while it was read.</exception>
    /// <exception cref="WrongTypeException">The entity's key holds no string.</exception>
    public static async ValueTask<(ChunkManifest Manifest, ReadOnlyMemory<byte> Content)?> ReadAsync(
        IKeyValueStore store, StoreKey entityKey, CancellationToken cancellationToken = default)
    {
        string? missed = null;
        for (var attempt = 1; ; attempt++)
        {
            var values = await ReadFirstAsync(store, entityKey, cancellationToken).ConfigureAwait(false);
            if (values.Length == 0)
            {
                return null;
            }

            var manifest = Parse(values[0]);
            try
            {
                return (manifest, values.Length > 1
                    ? ChunkReader.Join(manifest, values.AsSpan(1))
                    : await ChunkReader.ReadAllAsync(store, manifest, entityKey, cancellationToken: cancellationToken).ConfigureAwait(false));
            }
            catch (ChunkReadException error)
                when (error.Failure == ChunkReadFailure.MissingPart && manifest.Generation != missed && attempt < MaximumAttempts)
            {
                missed = manifest.Generation;
            }
        }
    }

    /// <summary>Reads the manifest alone.</summary>
    /// <returns>The manifest, or null when there is no entity.</returns>
    /// <exception cref="ChunkReadException">It is not a manifest.</exception>
    public static async ValueTask<ChunkManifest?> ReadManifestAsync(IKeyValueStore store, StoreKey entityKey, CancellationToken cancellationToken = default)
    {
        var text = await store.SendAsync(Strings.Get(entityKey), cancellationToken).ConfigureAwait(false);
        return text.IsNull ? null : Parse(text);
    }

    private static async ValueTask<StoreValue[]> ReadFirstAsync(IKeyValueStore store, StoreKey entityKey, CancellationToken cancellationToken)
    {
        if (store.Capabilities.Has(StoreFeatures.Scripts | StoreFeatures.UndeclaredScriptKeys))
        {
            return await store.EvaluateAsync(ChunkReadScript.Script.With([entityKey], MaximumBytesAtOnce), cancellationToken).ConfigureAwait(false);
        }

        var text = await store.SendAsync(Strings.Get(entityKey), cancellationToken).ConfigureAwait(false);
        return text.IsNull ? [] : [text];
    }

    private static ChunkManifest Parse(StoreValue text) => ChunkManifest.TryParse(text, out var manifest)
        ? manifest
        : throw new ChunkReadException(ChunkReadFailure.NotAManifest, "What is stored is not the manifest of a content in parts, or one of a format that this version does not know.");
}
