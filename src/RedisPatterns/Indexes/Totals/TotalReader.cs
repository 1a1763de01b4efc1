using System.Globalization;

namespace RedisPatterns;

/// <summary>Reads totals and extremes of a model in one keyspace: of entities that are there, none that has expired among them.</summary>
internal sealed class TotalReader<T>(EntityStorage<T> storage)
    where T : class
{
    private const int GroupsPerCall = 1_000;

    private const int NotReady = 0;

    private static readonly StoreValue FirstPage = "0";

    /// <summary>The totals of some groups, of each key in turn. One round trip for a thousand groups of a key.</summary>
    public async ValueTask<long[]> ReadAsync(EntityIndex<T> index, StoreKey[] keys, StoreValue[] groups, CancellationToken cancellationToken)
    {
        var totals = new long[keys.Length * groups.Length];
        var keysPerCall = Math.Max(1, GroupsPerCall / Math.Max(1, groups.Length));
        for (var key = 0; key < keys.Length; key += keysPerCall)
        {
            var some = keys.AsMemory(key, Math.Min(keysPerCall, keys.Length - key)).ToArray();
            for (var group = 0; group < groups.Length; group += GroupsPerCall)
            {
                var count = Math.Min(GroupsPerCall, groups.Length - group);
                var reply = await EvaluateAsync(TotalScripts.Groups, index, some, groups.AsMemory(group, count).ToArray(), cancellationToken).ConfigureAwait(false);
                for (var i = 0; i < reply.Items.Length; i++)
                {
                    totals[((key + (i / count)) * groups.Length) + group + (i % count)] = NumberOf(reply.Items[i].Value);
                }
            }
        }

        return totals;
    }

    /// <summary>Adds all groups of a key. One round trip for a thousand of them, about.</summary>
    public async ValueTask AddAllAsync(EntityIndex<T> index, StoreKey key, Dictionary<string, long> totals, CancellationToken cancellationToken)
    {
        // A scan may tell of a group twice, while the hash grows.
        var own = new Dictionary<string, long>(StringComparer.Ordinal);
        var cursor = FirstPage;
        do
        {
            var reply = await EvaluateAsync(TotalScripts.Page, index, [key], [cursor], cancellationToken).ConfigureAwait(false);
            cursor = reply.Items[0].Value;
            var entries = reply.Items[1].Items;
            for (var i = 0; i + 1 < entries.Length; i += 2)
            {
                own[entries[i].Value.AsText()!] = NumberOf(entries[i + 1].Value);
            }
        }
        while (cursor != FirstPage);

        foreach (var (group, number) in own)
        {
            totals[group] = totals.GetValueOrDefault(group) + number;
        }
    }

    /// <summary>How many groups of a key have a total. One round trip.</summary>
    public async ValueTask<long> CountGroupsAsync(EntityIndex<T> index, StoreKey key, CancellationToken cancellationToken) =>
        (await EvaluateAsync(TotalScripts.Length, index, [key], [], cancellationToken).ConfigureAwait(false)).Items[0].Value.AsInt64();

    /// <summary>The least and the greatest text behind a prefix; null when there is none. One round trip.</summary>
    public async ValueTask<(string Least, string Greatest)?> ReadEndsAsync(EntityIndex<T> index, string prefix, CancellationToken cancellationToken)
    {
        var reply = await EvaluateAsync(TotalScripts.Ends, index, [storage.Keys.Texts[index.Place]], [prefix], cancellationToken).ConfigureAwait(false);
        return reply.Items[0].IsNull || reply.Items[1].IsNull ? null : (ValueOf(reply.Items[0].Value), ValueOf(reply.Items[1].Value));

        string ValueOf(StoreValue member)
        {
            OrderedText.TrySplit(member.AsText()!, out var encoded, out _);
            return encoded[prefix.Length..];
        }
    }

    /// <summary>The key of a total.</summary>
    public StoreKey KeyOf(EntityIndex<T> index) => storage.Keys.Totals[index.Place];

    /// <summary>The key of a total in the period of a moment.</summary>
    public StoreKey KeyOf(EntityIndex<T> index, Period period, DateTimeOffset moment) => KeyGrammar.PeriodTotal(KeyOf(index).ToString(), period.TextOf(moment));

    // What somebody else has put there is no number of this library's.
    private static long NumberOf(StoreValue value) => value.IsNull ? 0 : long.TryParse(value.AsText(), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number : 0;

    private async ValueTask<StoreReply> EvaluateAsync(AtomicScript<StoreReply> script, EntityIndex<T> index, StoreKey[] keys, StoreValue[] arguments, CancellationToken cancellationToken)
    {
        var call = script.With(
            [storage.Keys.Catalogue, storage.Keys.Expiry, .. keys],
            [index.CatalogueField, index.ReadyField, storage.Schema.Shape.IsSwept ? "1" : "", .. arguments]);
        for (var attempt = 1; ;)
        {
            var reply = await storage.Store.EvaluateAsync(call, cancellationToken).ConfigureAwait(false);
            if (reply.Kind == StoreReplyKind.Array)
            {
                await storage.TellUseAsync(cancellationToken).ConfigureAwait(false);
                return reply;
            }

            if (reply.Value.AsInt64() == NotReady)
            {
                await storage.Lifecycle.ReadyAsync([index], attempt++, cancellationToken).ConfigureAwait(false);
            }
            else
            {
                await new EntitySweeper<T>(storage).RunAsync(long.MaxValue, cancellationToken).ConfigureAwait(false);
            }
        }
    }
}
