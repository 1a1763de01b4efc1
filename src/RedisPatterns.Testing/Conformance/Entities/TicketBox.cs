using RedisPatterns.Commands;

namespace RedisPatterns.Testing;

/// <summary>Tickets in one layout, in a keyspace of their own, and ways to look at what the store holds of them.</summary>
internal sealed class TicketBox
{
    private static readonly EntityLayout[] Layouts = [EntityLayout.Document(), EntityLayout.Hash, EntityLayout.Attributes, EntityLayout.Chunked(1_024)];
    private readonly ConformanceContext _context;

    private TicketBox(ConformanceContext context, EntityLayout layout, TicketExpiry expiry)
    {
        _context = context;
        Layout = layout;
        var keyspace = context.Store.Keyspace($"{context.Tag}.{layout}.{expiry}");
        Tickets = keyspace.Repository<Ticket, TicketModel>(new TicketModel(layout, expiry));
        Schedule = $"{keyspace.Tag}:exp:ticket";
    }

    public EntityLayout Layout { get; }

    public Repository<Ticket, TicketModel> Tickets { get; }

    public StoreKey Schedule { get; }

    private CancellationToken Cancelled => _context.CancellationToken;

    /// <summary>Runs a test in every layout.</summary>
    public static async Task EachAsync(ConformanceContext context, TicketExpiry expiry, Func<TicketBox, Task> test)
    {
        foreach (var layout in Layouts)
        {
            try
            {
                await test(new TicketBox(context, layout, expiry)).ConfigureAwait(false);
            }
            catch (Exception error) when (error is ConformanceFailedException or StoreException)
            {
                throw new ConformanceFailedException($"{layout}, {expiry}: {error.Message}", error);
            }
        }
    }

    public Task<IReadOnlyList<string>> ContentsAsync() => StoreContents.ReadAsync(_context.Store, Tickets.Keyspace.Tag, Cancelled);

    /// <summary>The end of a ticket, or null for none.</summary>
    public async Task<DateTimeOffset?> EndAsync(string id) => (await Tickets.GetExpiryAsync(id, Cancelled).ConfigureAwait(false)).Moment;

    /// <summary>The keys of a ticket with their ends.</summary>
    public async Task<IReadOnlyList<(string Key, DateTimeOffset? End)>> KeysAsync(string id)
    {
        var prefix = $"{Tickets.Keyspace.Tag}:ticket:{id}";
        var found = new Dictionary<string, DateTimeOffset?>(StringComparer.Ordinal);
        if (Layout.ToString() is "Document" or "Hash")
        {
            // One key is all there is; going through the whole database would only tell so slowly.
            var own = await _context.Store.SendAsync(Keys.ExpireTime(prefix), Cancelled).ConfigureAwait(false);
            return own.Exists ? [(prefix, own.Moment)] : [];
        }

        await foreach (var key in _context.Store.ScanKeysAsync(prefix + "*", 1_000, Cancelled).ConfigureAwait(false))
        {
            var name = key.ToString();
            if (name.Length == prefix.Length || name[prefix.Length] == ':')
            {
                found[name] = (await _context.Store.SendAsync(Keys.ExpireTime(key), Cancelled).ConfigureAwait(false)).Moment;
            }
        }

        return [.. found.Select(pair => (pair.Key, pair.Value))];
    }

    /// <summary>The ids in the schedule.</summary>
    public async Task<IReadOnlyList<string>> ScheduledAsync() =>
        [.. (await _context.Store.SendAsync(SortedSets.Range(Schedule, RankRange.All), Cancelled).ConfigureAwait(false)).Select(member => IdOf(member)).Order(StringComparer.Ordinal)];

    /// <summary>Sets the moment at which a ticket is due to be swept, and nothing else.</summary>
    public async Task DueAsync(string id, DateTimeOffset moment)
    {
        foreach (var member in await _context.Store.SendAsync(SortedSets.Range(Schedule, RankRange.All), Cancelled).ConfigureAwait(false))
        {
            if (IdOf(member) == id)
            {
                await _context.Store.SendAsync(SortedSets.Add(Schedule, member, moment.ToUnixTimeMilliseconds()), Cancelled).ConfigureAwait(false);
            }
        }
    }

    /// <summary>What the passing of time does to tickets, done at once: their keys are gone, and nothing else.</summary>
    public async Task ExpireAsync(params string[] ids)
    {
        foreach (var id in ids)
        {
            foreach (var (key, _) in await KeysAsync(id).ConfigureAwait(false))
            {
                await _context.Store.SendAsync(Keys.Delete((StoreKey)key), Cancelled).ConfigureAwait(false);
            }

            await DueAsync(id, _context.Now.AddMinutes(-1)).ConfigureAwait(false);
        }
    }

    private static string IdOf(StoreValue member) => member.AsText()!.Split(':', 2)[1];
}
