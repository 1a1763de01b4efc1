using RedisPatterns.Commands;

namespace RedisPatterns.Testing;

/// <summary>Everything that a key holds, as one line of text that can be compared: type, content, moment of its end.</summary>
internal static class KeyContents
{
    public static async Task<string> ReadAsync(IKeyValueStore store, StoreKey key, CancellationToken cancellationToken)
    {
        var type = await store.SendAsync(Keys.Type(key), cancellationToken).ConfigureAwait(false);
        if (type == DataType.None)
        {
            return "None";
        }

        var content = type switch
        {
            DataType.String => Text(await store.SendAsync(Strings.Get(key), cancellationToken).ConfigureAwait(false)),
            DataType.Hash => Join((await store.SendAsync(Hashes.GetAll(key), cancellationToken).ConfigureAwait(false))
                .Select(entry => $"{Text(entry.Field)}={Text(entry.Value)}").Order(StringComparer.Ordinal)),
            DataType.Set => Join((await store.SendAsync(Sets.Members(key), cancellationToken).ConfigureAwait(false)).Select(Text).Order(StringComparer.Ordinal)),
            DataType.SortedSet => Join((await store.SendAsync(SortedSets.RangeWithScores(key, RankRange.All), cancellationToken).ConfigureAwait(false))
                .Select(entry => $"{Text(entry.Member)}={(StoreValue)entry.Score}")),
            DataType.List => Join((await store.SendAsync(Lists.Range(key), cancellationToken).ConfigureAwait(false)).Select(Text)),
            DataType.Stream => await ReadStreamAsync(store, key, cancellationToken).ConfigureAwait(false),
            _ => "",
        };
        var end = await store.SendAsync(Keys.ExpireTime(key), cancellationToken).ConfigureAwait(false);
        return $"{type} {content}{(end.Moment is { } moment ? $" until {moment:O}" : "")}";
    }

    private static async Task<string> ReadStreamAsync(IKeyValueStore store, StoreKey key, CancellationToken cancellationToken)
    {
        var entries = await store.SendAsync(Streams.Range(key, StreamRange.All), cancellationToken).ConfigureAwait(false);
        var info = await store.SendAsync(Streams.Info(key), cancellationToken).ConfigureAwait(false);
        var lines = entries.Select(entry => $"{entry.Id}:{string.Join(',', entry.Fields.Select(field => $"{Text(field.Key)}={Text(field.Value)}"))}")
            .Append($"last {info.LastId} deleted {info.MaxDeletedId} added {info.EntriesAdded}").ToList();
        foreach (var group in await store.SendAsync(Streams.Groups(key), cancellationToken).ConfigureAwait(false))
        {
            lines.Add($"group {group.Name} after {group.LastDeliveredId}, {group.ConsumerCount} consumers");
            lines.AddRange((await store.SendAsync(Streams.Pending(key, group.Name, StreamRange.All, 1000), cancellationToken).ConfigureAwait(false))
                .Select(pending => $"{pending.Id} {pending.Consumer} {pending.DeliveryCount}"));
        }

        return Join(lines);
    }

    // Latin-1 keeps every byte apart, which UTF-8 does not.
    private static string Text(StoreValue value) => System.Text.Encoding.Latin1.GetString(value.AsMemory().Span);

    private static string Join(IEnumerable<string> parts) => string.Join('|', parts);
}
