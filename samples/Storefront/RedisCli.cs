using Narration;
using RedisPatterns;

namespace Storefront;

/// <summary>Shows keys as redis-cli would: the name, and what is there.</summary>
public sealed class RedisCli(Keyspace keyspace)
{
    private const int Width = 145;

    /// <summary>The keys of a pattern, in order.</summary>
    /// <param name="pattern">A glob, after the tag of the keyspace: <c>profile:*</c>.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async ValueTask<TextAnswer> ShowAsync(string pattern, CancellationToken cancellationToken = default)
    {
        var keys = new SortedSet<string>(StringComparer.Ordinal);
        await foreach (var key in keyspace.Store.ScanKeysAsync($"{keyspace.Tag}:{pattern}", cancellationToken: cancellationToken))
        {
            keys.Add(key.ToString());
        }

        var lines = new List<string>();
        foreach (var key in keys)
        {
            var line = $"{key}  {await ContentAsync(key, cancellationToken)}";
            lines.Add(line.Length <= Width ? line : line[..(Width - 2)] + " …");
        }

        return lines.Count == 0 ? new TextAnswer("(no keys)") : new TextAnswer([.. lines]);
    }

    private async Task<string> ContentAsync(StoreKey key, CancellationToken cancellationToken)
    {
        switch (await keyspace.Store.TypeAsync(key, cancellationToken))
        {
            case DataType.String:
                return (await keyspace.Store.GetAsync(key, cancellationToken)).AsText() ?? "";
            case DataType.Hash:
                var fields = await keyspace.Store.HashGetAllAsync(key, cancellationToken);
                return string.Join("  ", fields.OrderBy(field => field.Field.ToString(), StringComparer.Ordinal).Select(field => $"{field.Field}={field.Value}"));
            case DataType.Set:
                var members = await keyspace.Store.SetMembersAsync(key, cancellationToken);
                return $"({string.Join(", ", members.Select(member => member.ToString()).Order(StringComparer.Ordinal))})";
            case var type:
                return $"({type})";
        }
    }
}
