using RedisPatterns.Commands;

namespace RedisPatterns.Testing;

/// <summary>What every store promises about entities that expire, in every layout: nobody sees them, and nothing is left of them.</summary>
public sealed class ExpiryConformance : ConformanceSuite
{
    /// <inheritdoc/>
    public override IReadOnlyList<ConformanceTest> Tests { get; } =
    [
        new(Expired_entities_are_seen_by_nobody, StoreFeatures.Scripts),
        new(Nothing_but_the_catalogue_is_left_after_a_sweep, StoreFeatures.Scripts),
        new(No_verb_brings_an_expired_entity_back, StoreFeatures.Scripts),
        new(The_id_of_an_expired_entity_begins_anew, StoreFeatures.Scripts),
        new(The_unique_values_of_an_expired_entity_are_free_at_once, StoreFeatures.Scripts),
        new(Time_that_passes_ends_an_entity, StoreFeatures.Scripts),
        new(A_moment_that_has_passed_ends_an_entity_at_once, StoreFeatures.Scripts),
        new(A_sweep_keeps_to_its_limit, StoreFeatures.Scripts),
        new(A_write_sweeps_two_at_most, StoreFeatures.Scripts | StoreFeatures.UndeclaredScriptKeys),
        new(Writes_alone_sweep_everything, StoreFeatures.Scripts),
        new(Queries_alone_sweep_everything, StoreFeatures.Scripts),
        new(What_can_not_be_removed_stops_nobody_else, StoreFeatures.Scripts),
        new(What_names_no_entity_is_swept_out_of_the_schedule, StoreFeatures.Scripts),
        new(What_lives_longer_than_scheduled_is_scheduled_anew, StoreFeatures.Scripts),
        new(An_expiry_on_a_model_without_one_is_refused, StoreFeatures.Scripts),
        new(A_refused_change_leaves_the_end_as_it_was, StoreFeatures.Scripts),
        new(A_change_sets_ends_as_single_writes_do, StoreFeatures.Scripts),
        new(A_change_takes_ends_of_its_own, StoreFeatures.Scripts),
        new(An_edit_keeps_or_changes_the_end, StoreFeatures.Scripts),
    ];

    private static async Task Expired_entities_are_seen_by_nobody(ConformanceContext c) => await TicketBox.EachAsync(c, TicketExpiry.PerCall, async box =>
    {
        var tickets = box.Tickets;
        await InsertAsync(c, box, "a", "b");
        var live = await tickets.InsertAsync(Ticket.Of("c"), c.CancellationToken);
        await box.ExpireAsync("a", "b");
        Equal(null, await tickets.GetAsync("a", c.CancellationToken));
        EqualInAnyOrder<Ticket?>([null, live, null], await tickets.GetManyAsync(["a", "c", "b"], c.CancellationToken));
        True(await tickets.GetFieldsAsync("a", m => [m.Status], c.CancellationToken) is null);
        True(!await tickets.ExistsAsync("a", c.CancellationToken));
        Equal(new ExpireTime(false, null), await tickets.GetExpiryAsync("a", c.CancellationToken));
        Equal(null, await tickets.FindAsync(m => m.ByEmail, "a@example.com", c.CancellationToken));
        Equal([live], await tickets.Query().ToListAsync(c.CancellationToken));
        Equal(1L, await tickets.Query().CountAsync(c.CancellationToken));
        Equal(["c"], await tickets.Query(m => m.ByStatus.Is("open")).ToIdsAsync(c.CancellationToken));
        Equal([live], await tickets.Query(m => m.ByRank.Is(7)).OrderBy(m => m.ByRank).Take(1).ToListAsync(c.CancellationToken));
        Equal(["c"], await tickets.Query(m => m.ByLabel.Is("x")).OrderByDescending(m => m.ByRank).ToIdsAsync(c.CancellationToken));
        Equal(1L, await tickets.Query(m => m.ByStatus.Is("open") & m.ByRank.Is(7)).CountAsync(c.CancellationToken));
        Equal(0L, await tickets.Query(m => m.ByLabel.Is("a")).CountAsync(c.CancellationToken));
        True(!await tickets.Query(m => m.ByLabel.AnyOf("a", "b")).AnyAsync(c.CancellationToken));
        Equal(null, await tickets.Query(m => m.ByLabel.Is("b")).FirstOrDefaultAsync(c.CancellationToken));
        await IsCleanAsync(c, box, 1);
    });

    private static async Task Nothing_but_the_catalogue_is_left_after_a_sweep(ConformanceContext c) => await TicketBox.EachAsync(c, TicketExpiry.PerCall, async box =>
    {
        await InsertAsync(c, box, "a", "b", "c");
        await box.ExpireAsync("a", "b", "c");
        await IsCleanAsync(c, box, 0);
        Equal(3L, await box.Tickets.SweepAsync(cancellationToken: c.CancellationToken));
        await IsEmptyAsync(box);
        await IsCleanAsync(c, box, 0);
        Equal(0L, await box.Tickets.SweepAsync(cancellationToken: c.CancellationToken));
    });

    private static async Task No_verb_brings_an_expired_entity_back(ConformanceContext c) => await TicketBox.EachAsync(c, TicketExpiry.Sliding, async box =>
    {
        var stored = await box.Tickets.InsertAsync(Ticket.Of("a"), c.CancellationToken);
        await box.ExpireAsync("a");
        await ThrowsAsync<EntityNotFoundException>(async () => await box.Tickets.UpdateAsync(stored, c.CancellationToken));
        await ThrowsAsync<EntityNotFoundException>(async () => await box.Tickets.UpdateAsync(stored, Expiry.Persist, c.CancellationToken));
        await ThrowsAsync<EntityNotFoundException>(async () => await box.Tickets.PatchAsync("a", p => p.Set(m => m.Status, "new"), c.CancellationToken));
        await ThrowsAsync<EntityNotFoundException>(async () => await box.Tickets.PatchAsync("a", p => p.Set(m => m.Rank, 1).Expire(Expiry.Persist), c.CancellationToken));
        Equal(null, await box.Tickets.GetAsync("a", c.CancellationToken));
        True(!await box.Tickets.SetExpiryAsync("a", Expiry.Persist, c.CancellationToken));
        True(!await box.Tickets.DeleteAsync("a", cancellationToken: c.CancellationToken));
        Equal(0, (await box.KeysAsync("a")).Count(key => key.End is null), "keys that would stay");
        await box.Tickets.SweepAsync(cancellationToken: c.CancellationToken);
        await IsCleanAsync(c, box, 0);
        Equal([], await box.ScheduledAsync());
    });

    private static async Task The_id_of_an_expired_entity_begins_anew(ConformanceContext c) => await TicketBox.EachAsync(c, TicketExpiry.PerCall, async box =>
    {
        var first = await box.Tickets.InsertAsync(Ticket.Of("a"), TicketModel.Lifetime, c.CancellationToken);
        await box.Tickets.UpdateAsync(first, c.CancellationToken);
        await box.ExpireAsync("a");
        var anew = await box.Tickets.InsertAsync(Ticket.Of("a") with { Email = "new@example.com", Labels = ["y"], Rank = null }, c.CancellationToken);
        Equal(1L, anew.Version);
        Equal(null, await box.EndAsync("a"));
        Equal(null, await box.Tickets.FindAsync(m => m.ByEmail, "a@example.com", c.CancellationToken));
        Equal(0L, await box.Tickets.Query(m => m.ByLabel.Is("x")).CountAsync(c.CancellationToken));
        Equal(0L, await box.Tickets.SweepAsync(cancellationToken: c.CancellationToken));
        Equal(anew, await box.Tickets.GetAsync("a", c.CancellationToken));
        Equal([], await box.ScheduledAsync());
        await IsCleanAsync(c, box, 1);
    });

    private static async Task The_unique_values_of_an_expired_entity_are_free_at_once(ConformanceContext c) => await TicketBox.EachAsync(c, TicketExpiry.PerCall, async box =>
    {
        var other = await box.Tickets.InsertAsync(Ticket.Of("b"), c.CancellationToken);
        await InsertAsync(c, box, "a", "c", "d", "e");

        // More than one write sweeps, so that the claims are still there.
        await box.ExpireAsync("a", "c", "d", "e");
        other = await box.Tickets.UpdateAsync(other with { Email = "e@example.com" }, c.CancellationToken);
        Equal(other, await box.Tickets.FindAsync(m => m.ByEmail, "e@example.com", c.CancellationToken));
        await box.Tickets.SweepAsync(cancellationToken: c.CancellationToken);
        Equal(other, await box.Tickets.FindAsync(m => m.ByEmail, "e@example.com", c.CancellationToken));
        await ThrowsAsync<DuplicateValueException>(async () => await box.Tickets.InsertAsync(Ticket.Of("f") with { Email = "e@example.com" }, c.CancellationToken));
        await IsCleanAsync(c, box, 1);
    });

    private static async Task Time_that_passes_ends_an_entity(ConformanceContext c) => await TicketBox.EachAsync(c, TicketExpiry.PerCall, async box =>
    {
        await box.Tickets.InsertAsync(Ticket.Of("a"), TimeSpan.FromMilliseconds(40), c.CancellationToken);
        await c.UntilAsync(async () => !await box.Tickets.ExistsAsync("a", c.CancellationToken), "the end of the entity");
        Equal(null, await box.Tickets.GetAsync("a", c.CancellationToken));
        Equal(0L, await box.Tickets.Query().CountAsync(c.CancellationToken));
        await c.UntilAsync(async () => (await box.KeysAsync("a")).Count == 0, "the end of every key of the entity");
        Equal(1L, await box.Tickets.SweepAsync(cancellationToken: c.CancellationToken));
        await IsEmptyAsync(box);
    });

    private static async Task A_moment_that_has_passed_ends_an_entity_at_once(ConformanceContext c)
    {
        var past = Moment(c, TimeSpan.FromMinutes(-1));
        await TicketBox.EachAsync(c, TicketExpiry.PerCall, async box =>
        {
            await box.Tickets.InsertAsync(Ticket.Of("a"), c.CancellationToken);
            True(await box.Tickets.SetExpiryAsync("a", Expiry.At(past), c.CancellationToken));
            Equal(null, await box.Tickets.GetAsync("a", c.CancellationToken));
            True(!await box.Tickets.SetExpiryAsync("a", Expiry.Persist, c.CancellationToken));
            var updated = await box.Tickets.InsertAsync(Ticket.Of("b"), c.CancellationToken);
            await box.Tickets.UpdateAsync(updated, Expiry.At(past), c.CancellationToken);
            Equal(null, await box.Tickets.GetAsync("b", c.CancellationToken));
            await box.Tickets.InsertAsync(Ticket.Of("c"), c.CancellationToken);
            await box.Tickets.PatchAsync("c", p => p.Set(m => m.Status, "late").Expire(Expiry.At(past)), c.CancellationToken);
            Equal(null, await box.Tickets.GetAsync("c", c.CancellationToken));
            await box.Tickets.UpsertAsync(Ticket.Of("d"), Expiry.At(past), c.CancellationToken);
            Equal(null, await box.Tickets.GetAsync("d", c.CancellationToken));
            Equal(0L, await box.Tickets.Query().CountAsync(c.CancellationToken));
            await IsCleanAsync(c, box, 0);
            await box.Tickets.SweepAsync(cancellationToken: c.CancellationToken);
            Equal([], await box.ScheduledAsync());
            await IsCleanAsync(c, box, 0);
        });
        await TicketBox.EachAsync(c, TicketExpiry.At, async box =>
        {
            await box.Tickets.InsertAsync(Ticket.Of("a", past), c.CancellationToken);
            await box.Tickets.InsertAsync(Ticket.Of("b", DateTimeOffset.UnixEpoch), c.CancellationToken);
            await box.Tickets.InsertAsync(Ticket.Of("c", default(DateTimeOffset)), c.CancellationToken);
            Equal(0L, await box.Tickets.Query().CountAsync(c.CancellationToken));
            await box.Tickets.SweepAsync(cancellationToken: c.CancellationToken);
            await IsEmptyAsync(box);
        });
    }

    private static async Task A_sweep_keeps_to_its_limit(ConformanceContext c) => await TicketBox.EachAsync(c, TicketExpiry.PerCall, async box =>
    {
        await InsertAsync(c, box, "a", "b", "c", "d", "e", "f", "g");
        await box.ExpireAsync("a", "b", "c", "d", "e", "f", "g");
        await ThrowsAsync<ArgumentOutOfRangeException>(async () => await box.Tickets.SweepAsync(0, c.CancellationToken));
        Equal(3L, await box.Tickets.SweepAsync(3, c.CancellationToken));
        Equal(4, (await box.ScheduledAsync()).Count);
        Equal(3L, await box.Tickets.SweepAsync(3, c.CancellationToken));
        Equal(1L, await box.Tickets.SweepAsync(3, c.CancellationToken));
        Equal(0L, await box.Tickets.SweepAsync(3, c.CancellationToken));
        await IsEmptyAsync(box);
    });

    private static async Task A_write_sweeps_two_at_most(ConformanceContext c) => await TicketBox.EachAsync(c, TicketExpiry.PerCall, async box =>
    {
        await InsertAsync(c, box, "a", "b", "c", "d", "e");
        await box.ExpireAsync("a", "b", "c", "d", "e");
        await box.Tickets.InsertAsync(Ticket.Of("l"), c.CancellationToken);
        Equal(3, (await box.ScheduledAsync()).Count);
        await box.Tickets.PatchAsync("l", p => p.Set(m => m.Rank, 8), c.CancellationToken);
        Equal(1, (await box.ScheduledAsync()).Count);
        await box.Tickets.DeleteAsync("l", cancellationToken: c.CancellationToken);
        Equal(0, (await box.ScheduledAsync()).Count);
        await IsCleanAsync(c, box, 0);
    });

    private static async Task Writes_alone_sweep_everything(ConformanceContext c) => await TicketBox.EachAsync(c, TicketExpiry.PerCall, async box =>
    {
        string[] ids = ["a", "b", "c", "d", "e", "f", "g"];
        await InsertAsync(c, box, ids);
        await box.ExpireAsync(ids);
        for (var i = 0; i < 64 && (await box.ScheduledAsync()).Count > 0; i++)
        {
            await box.Tickets.UpsertAsync(Ticket.Of("l"), c.CancellationToken);
        }

        Equal([], await box.ScheduledAsync());
        await IsCleanAsync(c, box, 1);
    });

    private static async Task Queries_alone_sweep_everything(ConformanceContext c) => await TicketBox.EachAsync(c, TicketExpiry.PerCall, async box =>
    {
        string[] ids = ["a", "b", "c", "d", "e", "f", "g"];
        await InsertAsync(c, box, ids);
        await box.ExpireAsync(ids);
        for (var i = 0; i < 64 && (await box.ScheduledAsync()).Count > 0; i++)
        {
            Equal(0L, await box.Tickets.Query(m => m.ByStatus.Is("open")).CountAsync(c.CancellationToken));
        }

        await IsEmptyAsync(box);
    });

    private static async Task What_can_not_be_removed_stops_nobody_else(ConformanceContext c) => await TicketBox.EachAsync(c, TicketExpiry.PerCall, async box =>
    {
        var key = (StoreKey)$"{box.Tickets.Keyspace.Tag}:idx:ticket:status:broken";
        await box.Tickets.InsertAsync(Ticket.Of("a") with { Status = "broken" }, TicketModel.Lifetime, c.CancellationToken);
        await InsertAsync(c, box, "b", "c");
        await box.ExpireAsync("a", "b", "c");
        await c.Store.SendAsync(Keys.Delete(key), c.CancellationToken);
        await c.Store.SendAsync(Strings.Set(key, "in the way"), c.CancellationToken);
        Equal(2L, await box.Tickets.SweepAsync(cancellationToken: c.CancellationToken));
        Equal(["a"], await box.ScheduledAsync());
        Equal(0L, await box.Tickets.SweepAsync(cancellationToken: c.CancellationToken));
        await box.Tickets.InsertAsync(Ticket.Of("l"), c.CancellationToken);
        await box.Tickets.DeleteAsync("l", cancellationToken: c.CancellationToken);
        await box.DueAsync("a", c.Now.AddMinutes(-1));
        await box.Tickets.InsertAsync(Ticket.Of("l"), c.CancellationToken);
        await box.Tickets.DeleteAsync("l", cancellationToken: c.CancellationToken);
        await c.Store.SendAsync(Keys.Delete(key), c.CancellationToken);
        await box.DueAsync("a", c.Now.AddMinutes(-1));
        Equal(1L, await box.Tickets.SweepAsync(cancellationToken: c.CancellationToken));
        await IsEmptyAsync(box);
    });

    private static async Task What_names_no_entity_is_swept_out_of_the_schedule(ConformanceContext c) => await TicketBox.EachAsync(c, TicketExpiry.PerCall, async box =>
    {
        await InsertAsync(c, box, "a");
        await box.ExpireAsync("a");
        foreach (var member in (string[])["garbage", ":a", "x:a", ""])
        {
            await c.Store.SendAsync(SortedSets.Add(box.Schedule, member, 1), c.CancellationToken);
        }

        Equal(1L, await box.Tickets.SweepAsync(cancellationToken: c.CancellationToken));
        await IsEmptyAsync(box);
    });

    private static async Task What_lives_longer_than_scheduled_is_scheduled_anew(ConformanceContext c) => await TicketBox.EachAsync(c, TicketExpiry.PerCall, async box =>
    {
        await InsertAsync(c, box, "a", "b");
        await box.DueAsync("a", c.Now.AddMinutes(-1));
        await IsCleanAsync(c, box, 2);
        Equal(0L, await box.Tickets.SweepAsync(cancellationToken: c.CancellationToken));
        Equal(2, (await box.ScheduledAsync()).Count);
        Equal(2L, await box.Tickets.Query().CountAsync(c.CancellationToken));
        await box.DueAsync("a", c.Now.AddMinutes(-1));
        foreach (var (name, _) in await box.KeysAsync("a"))
        {
            await c.Store.SendAsync(Keys.Persist(name), c.CancellationToken);
        }

        Equal(0L, await box.Tickets.SweepAsync(cancellationToken: c.CancellationToken));
        Equal(["b"], await box.ScheduledAsync());
        await IsCleanAsync(c, box, 2);
    });

    private static async Task An_expiry_on_a_model_without_one_is_refused(ConformanceContext c) => await TicketBox.EachAsync(c, TicketExpiry.None, async box =>
    {
        Expiry expiry = TicketModel.Lifetime;
        await ThrowsAsync<ModelException>(async () => await box.Tickets.InsertAsync(Ticket.Of("a"), expiry, c.CancellationToken));
        await ThrowsAsync<ModelException>(async () => await box.Tickets.UpsertAsync(Ticket.Of("a"), expiry, c.CancellationToken));
        await ThrowsAsync<ModelException>(async () => await box.Tickets.SetExpiryAsync("a", expiry, c.CancellationToken));
        Equal([], await box.ContentsAsync());
        var stored = await box.Tickets.InsertAsync(Ticket.Of("a"), c.CancellationToken);
        var before = await box.ContentsAsync();
        await ThrowsAsync<ModelException>(async () => await box.Tickets.UpdateAsync(stored, expiry, c.CancellationToken));
        await ThrowsAsync<ModelException>(async () => await box.Tickets.PatchAsync("a", p => p.Set(m => m.Rank, 1).Expire(expiry), c.CancellationToken));
        Equal(before, await box.ContentsAsync());
        Equal(0L, await box.Tickets.SweepAsync(cancellationToken: c.CancellationToken));
    });

    private static async Task A_refused_change_leaves_the_end_as_it_was(ConformanceContext c)
    {
        foreach (var rule in (TicketExpiry[])[TicketExpiry.PerCall, TicketExpiry.Sliding])
        {
            await TicketBox.EachAsync(c, rule, async box =>
            {
                var end = Moment(c, TimeSpan.FromMinutes(30));
                var expiring = await box.Tickets.InsertAsync(Ticket.Of("a"), Expiry.At(end), c.CancellationToken);
                var lasting = await box.Tickets.InsertAsync(Ticket.Of("b"), Expiry.Persist, c.CancellationToken);
                var before = await box.ContentsAsync();
                var change = box.Tickets.Keyspace.Change();
                change.Patch(box.Tickets, "a", p => p.Set(m => m.Status, "late").Expire(Expiry.At(end.AddHours(3))));
                change.Update(box.Tickets, lasting with { Rank = 9 });
                change.Insert(box.Tickets, Ticket.Of("n"));
                change.Insert(box.Tickets, Ticket.Of("b"));
                var refused = await ThrowsAsync<EntityExistsException>(async () => await change.CommitAsync(c.CancellationToken));
                Equal(3, refused.Operation);
                Equal(before.Where(line => !IsPart(box, line)), (await box.ContentsAsync()).Where(line => !IsPart(box, line)));
                Equal(end, await box.EndAsync("a"));
                Equal(null, await box.EndAsync("b"));
                Equal(expiring, (await box.Tickets.Query(m => m.ByLabel.Is("a")).ToListAsync(c.CancellationToken))[0]);
                await IsCleanAsync(c, box, 2);
            });
        }
    }

    private static async Task A_change_sets_ends_as_single_writes_do(ConformanceContext c) => await TicketBox.EachAsync(c, TicketExpiry.At, async box =>
    {
        var (end, later) = (Moment(c, TimeSpan.FromMinutes(30)), Moment(c, TimeSpan.FromMinutes(60)));
        var stored = await box.Tickets.InsertAsync(Ticket.Of("a", end), c.CancellationToken);
        await box.Tickets.InsertAsync(Ticket.Of("b", end), c.CancellationToken);
        await box.Tickets.InsertAsync(Ticket.Of("c", end), c.CancellationToken);
        var change = box.Tickets.Keyspace.Change();
        change.Update(box.Tickets, stored with { EndsAt = later });
        change.Patch(box.Tickets, "b", p => p.Set(m => m.EndsAt, later));
        change.Insert(box.Tickets, Ticket.Of("d", later));
        change.Upsert(box.Tickets, Ticket.Of("e", null));
        change.Delete(box.Tickets, "c");
        await change.CommitAsync(c.CancellationToken);
        Equal(later, await box.EndAsync("a"));
        Equal(later, await box.EndAsync("b"));
        Equal(later, await box.EndAsync("d"));
        Equal(null, await box.EndAsync("e"));
        Equal(["a", "b", "d"], await box.ScheduledAsync());
        await IsCleanAsync(c, box, 4);
    });

    private static async Task A_change_takes_ends_of_its_own(ConformanceContext c) => await TicketBox.EachAsync(c, TicketExpiry.PerCall, async box =>
    {
        var (end, later) = (Moment(c, TimeSpan.FromMinutes(30)), Moment(c, TimeSpan.FromMinutes(60)));
        var stored = await box.Tickets.InsertAsync(Ticket.Of("a"), Expiry.At(end), c.CancellationToken);
        await box.Tickets.InsertAsync(Ticket.Of("b"), Expiry.At(end), c.CancellationToken);
        await box.Tickets.InsertAsync(Ticket.Of("c"), Expiry.At(end), c.CancellationToken);
        var change = box.Tickets.Keyspace.Change();
        change.Update(box.Tickets, stored with { Rank = 1 }, Expiry.At(later));
        change.SetExpiry(box.Tickets, "b", Expiry.Persist);
        change.Edit(box.Tickets, "c", ticket => ticket with { Rank = ticket.Rank + 1 }, Expiry.At(later));
        change.Insert(box.Tickets, Ticket.Of("d"), Expiry.At(later));
        change.Upsert(box.Tickets, Ticket.Of("e"), Expiry.At(end));
        await change.CommitAsync(c.CancellationToken);
        Equal((later, null, later), (await box.EndAsync("a"), await box.EndAsync("b"), await box.EndAsync("c")));
        Equal((later, end), (await box.EndAsync("d"), await box.EndAsync("e")));
        Equal(["a", "c", "d", "e"], await box.ScheduledAsync());
        await IsCleanAsync(c, box, 5);

        var before = await box.ContentsAsync();
        var refused = box.Tickets.Keyspace.Change();
        refused.SetExpiry(box.Tickets, "a", Expiry.Persist);
        refused.SetExpiry(box.Tickets, "nobody", Expiry.At(end));
        Equal(1, (await ThrowsAsync<EntityNotFoundException>(async () => await refused.CommitAsync(c.CancellationToken))).Operation);
        Equal(before, await box.ContentsAsync());

        // An end that has passed ends the entity at once, unless the change is refused.
        var ended = box.Tickets.Keyspace.Change();
        ended.SetExpiry(box.Tickets, "a", Expiry.At(Moment(c, TimeSpan.FromMinutes(-1))));
        ended.Require(box.Tickets, "nobody");
        Equal(1, (await ThrowsAsync<EntityNotFoundException>(async () => await ended.CommitAsync(c.CancellationToken))).Operation);
        Equal(before, await box.ContentsAsync());
        ended = box.Tickets.Keyspace.Change();
        ended.SetExpiry(box.Tickets, "a", Expiry.At(Moment(c, TimeSpan.FromMinutes(-1))));
        ended.RequireAbsent(box.Tickets, "a");
        await ended.CommitAsync(c.CancellationToken);
        await IsCleanAsync(c, box, 4);
        await ThrowsAsync<ModelException>(() =>
        {
            box.Tickets.Keyspace.Change().SetExpiry(box.Tickets, "a", Expiry.None);
            return Task.CompletedTask;
        });
    });

    private static async Task An_edit_keeps_or_changes_the_end(ConformanceContext c)
    {
        var (end, later) = (Moment(c, TimeSpan.FromMinutes(30)), Moment(c, TimeSpan.FromMinutes(60)));
        await TicketBox.EachAsync(c, TicketExpiry.PerCall, async box =>
        {
            await box.Tickets.InsertAsync(Ticket.Of("a"), Expiry.At(end), c.CancellationToken);
            await box.Tickets.EditAsync("a", ticket => ticket with { Rank = 3 }, c.CancellationToken);
            Equal(end, await box.EndAsync("a"));
            await box.Tickets.EditAsync("a", ticket => ticket with { Rank = 4 }, Expiry.At(later), c.CancellationToken);
            Equal(later, await box.EndAsync("a"));
            await box.ExpireAsync("a");
            await ThrowsAsync<EntityNotFoundException>(async () => await box.Tickets.EditAsync("a", ticket => ticket, c.CancellationToken));
            await box.Tickets.SweepAsync(cancellationToken: c.CancellationToken);
            await IsEmptyAsync(box);
        });
        await TicketBox.EachAsync(c, TicketExpiry.At, async box =>
        {
            await box.Tickets.InsertAsync(Ticket.Of("a", end), c.CancellationToken);
            await box.Tickets.EditAsync("a", ticket => ticket with { EndsAt = ticket.EndsAt + TimeSpan.FromMinutes(30) }, c.CancellationToken);
            Equal(end + TimeSpan.FromMinutes(30), await box.EndAsync("a"));
            await IsCleanAsync(c, box, 1);
        });
    }

    internal static DateTimeOffset Moment(ConformanceContext c, TimeSpan fromNow) => DateTimeOffset.FromUnixTimeMilliseconds((c.Now + fromNow).ToUnixTimeMilliseconds());

    internal static async Task IsCleanAsync(ConformanceContext c, TicketBox box, long count)
    {
        var report = await box.Tickets.VerifyAsync(c.CancellationToken);
        Equal("", string.Join(", ", report.Differences));
        Equal(count, report.Entities);
    }

    private static async Task InsertAsync(ConformanceContext c, TicketBox box, params string[] ids)
    {
        foreach (var id in ids)
        {
            await box.Tickets.InsertAsync(Ticket.Of(id), TicketModel.Lifetime, c.CancellationToken);
        }
    }

    // Parts that were written ahead of a change that was refused end by themselves.
    private static bool IsPart(TicketBox box, string line) =>
        box.Layout.ToString() == "Chunked" && line.Split(' ')[0].Count(letter => letter == ':') > 2 && line.Contains(":ticket:", StringComparison.Ordinal) && !line.Contains(":idx:", StringComparison.Ordinal);

    private static async Task IsEmptyAsync(TicketBox box)
    {
        var left = await box.ContentsAsync();
        Equal(1, left.Count, string.Join(" / ", left));
        True(left[0].StartsWith($"{box.Tickets.Keyspace.Tag}:idx:ticket Hash ", StringComparison.Ordinal), left[0]);
    }
}
