using RedisPatterns.Commands;

namespace RedisPatterns.Testing;

/// <summary>Everything that a store holds under a hash tag, as text that can be compared.</summary>
public static class StoreContents
{
    /// <summary>Reads every key that begins with a tag: a line for each, with type and content, in the order of the names.</summary>
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
            var type = await store.SendAsync(Keys.Type(key), cancellationToken).ConfigureAwait(false);
            var content = type switch
            {
                DataType.String => (await store.SendAsync(Strings.Get(key), cancellationToken).ConfigureAwait(false)).ToString(),
                DataType.Hash => Join((await store.SendAsync(Hashes.GetAll(key), cancellationToken).ConfigureAwait(false)).Select(entry => $"{entry.Field}={entry.Value}").Order(StringComparer.Ordinal)),
                DataType.Set => Join((await store.SendAsync(Sets.Members(key), cancellationToken).ConfigureAwait(false)).Select(member => member.ToString()).Order(StringComparer.Ordinal)),
                DataType.SortedSet => Join((await store.SendAsync(SortedSets.RangeWithScores(key, RankRange.All), cancellationToken).ConfigureAwait(false)).Select(entry => $"{entry.Member}={(StoreValue)entry.Score}")),
                DataType.List => Join((await store.SendAsync(Lists.Range(key, 0, -1), cancellationToken).ConfigureAwait(false)).Select(item => item.ToString())),
                _ => "",
            };
            if (type != DataType.None)
            {
                lines.Add($"{key} {type} {content}");
            }
        }

        return [.. lines];
    }

    private static string Join(IEnumerable<string> parts) => string.Join('|', parts);
}
