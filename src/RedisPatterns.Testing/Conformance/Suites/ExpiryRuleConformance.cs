using RedisPatterns.Commands;

namespace RedisPatterns.Testing;

/// <summary>Which verb sets, keeps, changes and removes the end of an entity, by each rule and in every layout.</summary>
public sealed class ExpiryRuleConformance : ConformanceSuite
{
    private static readonly TimeSpan Tolerance = TimeSpan.FromSeconds(20);

    // What a verb does is told by the end it finds and the end it leaves.
    private static readonly (string Name, Func<ConformanceContext, TicketBox, Task> Run)[] Reads =
    [
        ("get", async (c, box) => True(await box.Tickets.GetAsync("a", c.CancellationToken) is not null)),
        ("get many", async (c, box) => True((await box.Tickets.GetManyAsync(["a", "nobody"], c.CancellationToken))[0] is not null)),
        ("find", async (c, box) => True(await box.Tickets.FindAsync(m => m.ByEmail, "a@example.com", c.CancellationToken) is not null)),
        ("get fields", async (c, box) => True(await box.Tickets.GetFieldsAsync("a", m => [m.Rank], c.CancellationToken) is not null)),
    ];

    private static readonly (string Name, Func<ConformanceContext, TicketBox, Task> Run)[] Looks =
    [
        ("exists", async (c, box) => True(await box.Tickets.ExistsAsync("a", c.CancellationToken))),
        ("get expiry", async (c, box) => True((await box.Tickets.GetExpiryAsync("a", c.CancellationToken)).Exists)),
        ("query", async (c, box) => Equal(1, (await box.Tickets.Query(m => m.ByRank.Exists()).ToListAsync(c.CancellationToken)).Count)),
        ("ids", async (c, box) => Equal(["a"], await box.Tickets.Query().ToIdsAsync(c.CancellationToken))),
        ("count", async (c, box) => Equal(1L, await box.Tickets.Query().CountAsync(c.CancellationToken))),
        ("verify", async (c, box) => await ExpiryConformance.IsCleanAsync(c, box, 1)),
        ("sweep", async (c, box) => Equal(0L, await box.Tickets.SweepAsync(cancellationToken: c.CancellationToken))),
    ];

    private static readonly (string Name, Func<ConformanceContext, TicketBox, Task> Run)[] Writes =
    [
        ("update", async (c, box) => await box.Tickets.UpdateAsync(await StoredAsync(c, box) with { Rank = 8 }, c.CancellationToken)),
        ("upsert", async (c, box) => await box.Tickets.UpsertAsync(await StoredAsync(c, box) with { Labels = ["z"] }, c.CancellationToken)),
        ("patch", async (c, box) => await box.Tickets.PatchAsync("a", p => p.Set(m => m.Status, "patched"), c.CancellationToken)),
        ("patch that unsets", async (c, box) => await box.Tickets.PatchAsync("a", p => p.Unset(m => m.Labels), c.CancellationToken)),
        ("patch that adds", async (c, box) => await box.Tickets.PatchAsync("a", p => p.Append(m => m.Labels, "q").Increment(m => m.Rank, 1), c.CancellationToken)),
        ("update in a change", async (c, box) =>
        {
            var change = box.Tickets.Keyspace.Change();
            change.Update(box.Tickets, await StoredAsync(c, box) with { Rank = 3 });
            await change.CommitAsync(c.CancellationToken);
        }),
        ("patch in a change", async (c, box) =>
        {
            var change = box.Tickets.Keyspace.Change();
            change.Patch(box.Tickets, "a", p => p.Set(m => m.Rank, 4));
            await change.CommitAsync(c.CancellationToken);
        }),
        ("update many", async (c, box) => (await box.Tickets.UpdateManyAsync([await StoredAsync(c, box)], cancellationToken: c.CancellationToken)).ThrowIfAnyFailed()),
        ("patch many", async (c, box) => (await box.Tickets.PatchManyAsync(["a"], (_, p) => p.Set(m => m.Rank, 5), cancellationToken: c.CancellationToken)).ThrowIfAnyFailed()),
    ];

    /// <inheritdoc/>
    public override IReadOnlyList<ConformanceTest> Tests { get; } =
    [
        new(A_lifetime_begins_with_the_insert_and_is_kept, StoreFeatures.Scripts),
        new(Inactivity_begins_anew_with_every_use, StoreFeatures.Scripts),
        new(A_moment_of_the_entity_follows_it, StoreFeatures.Scripts),
        new(Without_a_rule_only_a_call_sets_an_end, StoreFeatures.Scripts),
        new(A_call_can_set_change_and_remove_the_end, StoreFeatures.Scripts),
        new(The_greatest_span_is_no_overflow, StoreFeatures.Scripts),
    ];

    private static async Task A_lifetime_begins_with_the_insert_and_is_kept(ConformanceContext c) => await TicketBox.EachAsync(c, TicketExpiry.After, async box =>
    {
        await box.Tickets.InsertAsync(Ticket.Of("a"), c.CancellationToken);
        await IsAboutAsync(c, box, TicketModel.Lifetime, "insert");
        await AllKeepAsync(c, box, [.. Reads, .. Looks, .. Writes]);
        await box.Tickets.DeleteAsync("a", cancellationToken: c.CancellationToken);
        await box.Tickets.UpsertAsync(Ticket.Of("a"), c.CancellationToken);
        await IsAboutAsync(c, box, TicketModel.Lifetime, "upsert of a new one");
    });

    private static async Task Inactivity_begins_anew_with_every_use(ConformanceContext c) => await TicketBox.EachAsync(c, TicketExpiry.Sliding, async box =>
    {
        await box.Tickets.InsertAsync(Ticket.Of("a"), c.CancellationToken);
        await IsAboutAsync(c, box, TicketModel.Lifetime, "insert");
        foreach (var (name, run) in (IEnumerable<(string, Func<ConformanceContext, TicketBox, Task>)>)[.. Reads, .. Writes])
        {
            True(await box.Tickets.SetExpiryAsync("a", Expiry.At(ExpiryConformance.Moment(c, TimeSpan.FromMinutes(10))), c.CancellationToken));
            await run(c, box);
            await IsAboutAsync(c, box, TicketModel.Lifetime, name);
        }

        var far = ExpiryConformance.Moment(c, TimeSpan.FromHours(5));
        True(await box.Tickets.SetExpiryAsync("a", Expiry.At(far), c.CancellationToken));
        await AllKeepAsync(c, box, [.. Reads, .. Writes]);
        True(await box.Tickets.SetExpiryAsync("a", Expiry.Persist, c.CancellationToken));
        await AllKeepAsync(c, box, [.. Reads, .. Writes]);
        True(await box.Tickets.SetExpiryAsync("a", Expiry.At(ExpiryConformance.Moment(c, TimeSpan.FromMinutes(10))), c.CancellationToken));
        await AllKeepAsync(c, box, Looks);
        await box.Tickets.DeleteAsync("a", cancellationToken: c.CancellationToken);
        await box.Tickets.UpsertAsync(Ticket.Of("a"), c.CancellationToken);
        await IsAboutAsync(c, box, TicketModel.Lifetime, "upsert of a new one");
    });

    private static async Task A_moment_of_the_entity_follows_it(ConformanceContext c) => await TicketBox.EachAsync(c, TicketExpiry.At, async box =>
    {
        var (first, second, third) = (ExpiryConformance.Moment(c, TimeSpan.FromHours(2)), ExpiryConformance.Moment(c, TimeSpan.FromHours(1)), ExpiryConformance.Moment(c, TimeSpan.FromHours(3)));
        var stored = await box.Tickets.InsertAsync(Ticket.Of("a", first), c.CancellationToken);
        await IsAtAsync(c, box, first, "insert");
        await AllKeepAsync(c, box, [.. Reads, .. Looks, .. Writes]);
        stored = await StoredAsync(c, box);
        stored = await box.Tickets.UpdateAsync(stored with { EndsAt = second }, c.CancellationToken);
        await IsAtAsync(c, box, second, "update");
        stored = await box.Tickets.UpdateAsync(stored with { EndsAt = null }, c.CancellationToken);
        await IsAtAsync(c, box, null, "update to none");
        await box.Tickets.PatchAsync("a", p => p.Set(m => m.EndsAt, third), c.CancellationToken);
        await IsAtAsync(c, box, third, "patch");
        await box.Tickets.PatchAsync("a", p => p.Set(m => m.Rank, 2).Expire(Expiry.At(first)), c.CancellationToken);
        await IsAtAsync(c, box, first, "patch with an expiry of its own");
        await box.Tickets.PatchAsync("a", p => p.Set(m => m.Rank, 3), c.CancellationToken);
        await IsAtAsync(c, box, third, "patch of another field");
        await box.Tickets.PatchAsync("a", p => p.Unset(m => m.EndsAt), c.CancellationToken);
        await IsAtAsync(c, box, null, "patch that unsets");
        stored = await box.Tickets.UpsertAsync(Ticket.Of("a", second), c.CancellationToken);
        await IsAtAsync(c, box, second, "upsert");
        await box.Tickets.UpdateAsync(stored, Expiry.Keep, c.CancellationToken);
        await IsAtAsync(c, box, second, "update that keeps");
    });

    private static async Task Without_a_rule_only_a_call_sets_an_end(ConformanceContext c) => await TicketBox.EachAsync(c, TicketExpiry.PerCall, async box =>
    {
        await box.Tickets.InsertAsync(Ticket.Of("a"), c.CancellationToken);
        await IsAtAsync(c, box, null, "insert");
        await AllKeepAsync(c, box, [.. Reads, .. Looks, .. Writes]);
        True(await box.Tickets.SetExpiryAsync("a", Expiry.At(ExpiryConformance.Moment(c, TimeSpan.FromHours(2))), c.CancellationToken));
        await AllKeepAsync(c, box, [.. Reads, .. Looks, .. Writes]);
    });

    private static async Task A_call_can_set_change_and_remove_the_end(ConformanceContext c)
    {
        foreach (var rule in (TicketExpiry[])[TicketExpiry.PerCall, TicketExpiry.After, TicketExpiry.Sliding, TicketExpiry.At])
        {
            await TicketBox.EachAsync(c, rule, async box =>
            {
                var far = ExpiryConformance.Moment(c, TimeSpan.FromHours(9));
                var stored = await box.Tickets.InsertAsync(Ticket.Of("a", far), Expiry.At(far.AddHours(1)), c.CancellationToken);
                await IsAtAsync(c, box, far.AddHours(1), "insert");
                stored = await box.Tickets.UpdateAsync(stored, Expiry.At(far.AddHours(2)), c.CancellationToken);
                await IsAtAsync(c, box, far.AddHours(2), "update");
                stored = await box.Tickets.UpdateAsync(stored, Expiry.Keep, c.CancellationToken);
                await IsAtAsync(c, box, far.AddHours(2), "update that keeps");
                stored = await box.Tickets.UpsertAsync(stored, TimeSpan.FromHours(7), c.CancellationToken);
                await IsAboutAsync(c, box, TimeSpan.FromHours(7), "upsert");
                stored = await box.Tickets.UpdateAsync(stored, Expiry.Persist, c.CancellationToken);
                await IsAtAsync(c, box, null, "update without an end");
                await box.Tickets.PatchAsync("a", p => p.Set(m => m.Rank, 1).Expire(Expiry.At(far.AddHours(3))), c.CancellationToken);
                await IsAtAsync(c, box, far.AddHours(3), "patch");
                await box.Tickets.PatchAsync("a", p => p.Set(m => m.Rank, 2).Expire(Expiry.Persist), c.CancellationToken);
                await IsAtAsync(c, box, null, "patch without an end");
                True(await box.Tickets.SetExpiryAsync("a", Expiry.At(far.AddHours(4)), c.CancellationToken));
                await IsAtAsync(c, box, far.AddHours(4), "set expiry");
                True(await box.Tickets.SetExpiryAsync("a", TimeSpan.FromHours(8), c.CancellationToken));
                await IsAboutAsync(c, box, TimeSpan.FromHours(8), "set expiry by a span");
                var version = (await StoredAsync(c, box)).Version;
                True(await box.Tickets.SetExpiryAsync("a", Expiry.Persist, c.CancellationToken));
                await IsAtAsync(c, box, null, "set expiry to none");
                Equal(version, (await StoredAsync(c, box)).Version);
                Equal([], await box.ScheduledAsync());
                await ThrowsAsync<ModelException>(async () => await box.Tickets.SetExpiryAsync("a", Expiry.None, c.CancellationToken));
                await ExpiryConformance.IsCleanAsync(c, box, 1);
            });
        }
    }

    private static async Task The_greatest_span_is_no_overflow(ConformanceContext c) => await TicketBox.EachAsync(c, TicketExpiry.PerCall, async box =>
    {
        await box.Tickets.InsertAsync(Ticket.Of("a"), TimeSpan.MaxValue, c.CancellationToken);
        await IsAtAsync(c, box, DateTimeOffset.MaxValue.AddTicks(-(DateTimeOffset.MaxValue.Ticks % TimeSpan.TicksPerMillisecond)), "insert");
        True(await box.Tickets.SetExpiryAsync("a", Expiry.At(DateTimeOffset.MaxValue), c.CancellationToken));
        True(await box.Tickets.GetAsync("a", c.CancellationToken) is not null);
    });

    private static async Task AllKeepAsync(ConformanceContext c, TicketBox box, (string Name, Func<ConformanceContext, TicketBox, Task> Run)[] verbs)
    {
        foreach (var (name, run) in verbs)
        {
            var end = await box.EndAsync("a");
            await run(c, box);
            await IsAtAsync(c, box, end, name);
        }
    }

    // Without using it: what a query finds is not put off.
    private static async Task<Ticket> StoredAsync(ConformanceContext c, TicketBox box) => (await box.Tickets.Query().ToListAsync(c.CancellationToken)).Single(ticket => ticket.Id == "a");

    private static async Task IsAboutAsync(ConformanceContext c, TicketBox box, TimeSpan fromNow, string verb)
    {
        var end = await box.EndAsync("a");
        True(end is { } moment && (moment - (c.Now + fromNow)).Duration() < Tolerance, $"{verb}: the end {end:O} is about {fromNow} after {c.Now:O}");
        await IsAtAsync(c, box, end, verb);
    }

    // Every key has the end; parts of contents that were replaced go earlier.
    private static async Task IsAtAsync(ConformanceContext c, TicketBox box, DateTimeOffset? end, string verb)
    {
        Equal(end, await box.EndAsync("a"), $"{verb}: the end");
        var keys = await box.KeysAsync("a");
        var others = keys.Where(key => key.End != end).ToList();
        if (box.Layout.ToString() == "Chunked")
        {
            True(keys.Count - others.Count == 4, $"{verb}: manifest and three parts end at {end:O}: {string.Join(", ", keys)}");
            others.RemoveAll(key => key.End < c.Now + box.Layout.Grace + Tolerance);
        }

        Equal("", string.Join(", ", others), $"{verb}: keys with another end than {end:O}");
        Equal(end is not null, (await box.ScheduledAsync()).Count > 0, $"{verb}: whether it is scheduled");
    }
}
