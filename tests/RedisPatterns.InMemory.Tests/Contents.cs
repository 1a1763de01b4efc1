using System.Text;
using RedisPatterns.Commands;

namespace RedisPatterns.InMemory.Tests;

/// <summary>All that a store holds, as text to be compared: keys, types, expiries, elements, groups.</summary>
internal static class Contents
{
    public static async Task<string> ReadAsync(InMemoryKeyValueStore store, CancellationToken cancellationToken)
    {
        var text = new StringBuilder();
        var keys = await store.ScanKeysAsync(cancellationToken: cancellationToken).ToListAsync(cancellationToken);
        foreach (var key in keys.OrderBy(key => key.ToString(), StringComparer.Ordinal))
        {
            var type = await Ask(key, "TYPE");
            text.Append(key).Append(' ').Append(type).Append(' ').Append(await Ask(key, "PEXPIRETIME")).Append(' ').Append(await Elements(key, type)).AppendLine();
        }

        return text.ToString();

        async Task<string> Ask(StoreKey key, string name, params StoreValue[] rest) => Show(await store.SendAsync(Raw.Command(name, [StoreValue.FromKey(key), .. rest]), cancellationToken));

        async Task<string> Elements(StoreKey key, string type) => type switch
        {
            "string" => await Ask(key, "GET"),
            "list" => await Ask(key, "LRANGE", 0, -1),
            "set" => Sorted(await Ask(key, "SMEMBERS")),
            "zset" => await Ask(key, "ZRANGE", 0, -1, "WITHSCORES"),
            "hash" => await Hash(key),
            "stream" => await Ask(key, "XRANGE", "-", "+") + await Ask(key, "XINFO STREAM") + await Groups(key),
            _ => throw new InvalidOperationException(type),
        };

        async Task<string> Hash(StoreKey key)
        {
            var fields = await store.SendAsync(Hashes.Fields(key), cancellationToken);
            var parts = new List<string>();
            foreach (var field in fields)
            {
                parts.Add($"{field}={await Ask(key, "HGET", field)}@{await Ask(key, "HPEXPIRETIME", "FIELDS", 1, field)}");
            }

            return string.Join(' ', parts.Order(StringComparer.Ordinal));
        }

        async Task<string> Groups(StoreKey key)
        {
            var text = new StringBuilder(await Ask(key, "XINFO GROUPS"));
            foreach (var group in (await store.SendAsync(Raw.Command("XINFO GROUPS", StoreValue.FromKey(key)), cancellationToken)).Items.ToArray())
            {
                var name = group.Items[1].Value;
                text.Append(await Ask(key, "XINFO CONSUMERS", name)).Append(await Ask(key, "XPENDING", name, "-", "+", 1_000));
            }

            return text.ToString();
        }
    }

    private static string Show(StoreReply reply) => reply.Kind == StoreReplyKind.Array
        ? $"[{string.Join(' ', reply.Items.ToArray().Select(Show))}]"
        : reply.IsNull ? "nil" : Encoding.Latin1.GetString(reply.Value.AsMemory().Span);

    private static string Sorted(string list) => string.Join(' ', list.Trim('[', ']').Split(' ').Order(StringComparer.Ordinal));
}
