namespace RedisPatterns.Testing;

/// <summary>Everything that a store holds under a hash tag, as text that can be compared.</summary>
public static class StoreContents
{
    /// <summary>Reads every key that begins with a tag: a line for each, with type, content and the moment of its end, in the order of the names.</summary>
    /// <param name="store">The store.</param>
    /// <param name="tag">What the keys begin with.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public static async Task<IReadOnlyList<string>> ReadAsync(IKeyValueStore store, string tag, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(store);
        ArgumentNullException.ThrowIfNull(tag);
        var lines = new SortedSet<string>(StringComparer.Ordinal);
        await foreach (var key in store.ScanKeysAsync(tag.Replace("[", "\\[", StringComparison.Ordinal) + "*", 1000, cancellationToken).ConfigureAwait(false))
        {
            var content = await KeyContents.ReadAsync(store, key, cancellationToken).ConfigureAwait(false);
            if (content != "None")
            {
                lines.Add($"{key} {content}");
            }
        }

        return [.. lines];
    }
}
