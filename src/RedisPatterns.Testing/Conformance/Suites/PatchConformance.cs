using RedisPatterns.Commands;

namespace RedisPatterns.Testing;

/// <summary>What every store promises about changes of single fields: what a change of the whole entity would have done.</summary>
public class PatchConformance : LayoutConformance
{
    /// <summary>The suite for entities that are whole documents.</summary>
    public PatchConformance()
        : this(ConformanceLayouts.Document)
    {
    }

    private protected PatchConformance(EntityLayout layout)
        : base(layout, Cases)
    {
    }

    private static IEnumerable<ConformanceTest> Cases =>
    [
        new(Fields_are_set, StoreFeatures.Scripts),
        new(Strings_that_look_like_something_else_stay_strings, StoreFeatures.Scripts),
        new(Fields_are_unset, StoreFeatures.Scripts),
        new(Integers_are_added_exactly_to_both_ends, StoreFeatures.Scripts),
        new(Decimals_keep_their_digits_and_doubles_are_doubles, StoreFeatures.Scripts),
        new(Items_are_appended_and_removed, StoreFeatures.Scripts),
        new(Steps_on_one_field_follow_one_another, StoreFeatures.Scripts),
        new(Indexes_follow, StoreFeatures.Scripts),
        new(A_unique_value_of_another_is_refused, StoreFeatures.Scripts),
        new(Versions_are_counted_and_demanded, StoreFeatures.Scripts),
        new(Nothing_is_patched_into_being, StoreFeatures.Scripts),
        new(What_does_not_fit_is_refused, StoreFeatures.Scripts),
        new(What_can_not_be_right_is_refused_at_once, StoreFeatures.Scripts),
        new(A_change_patches_along_with_other_writes, StoreFeatures.Scripts),
        new(A_refused_change_patches_nothing, StoreFeatures.Scripts),
        new(A_change_says_which_patch_is_refused, StoreFeatures.Scripts),
        new(An_entity_of_other_indexes_is_patched, StoreFeatures.Scripts),
        new(The_end_stays_unless_the_patch_sets_it, StoreFeatures.Scripts),
        new(Concurrent_increments_are_all_counted, StoreFeatures.Scripts),
        new(Fields_are_read_alone, StoreFeatures.Scripts),
        new(Unknown_members_outlive_a_patch, StoreFeatures.Scripts),
    ];

    private static Task Fields_are_set(ConformanceContext c) => BothAsync(c, async accounts =>
    {
        await PatchedAsync(
            c,
            accounts,
            p => p.Set(m => m.Count, -7).Set(m => m.Maybe, 5).Set(m => m.Text, "new").Set(m => m.Home, new Place("Oslo, \"[{", 3)).Set(m => m.Numbers, [9]).Set(m => m.Places, []),
            x => x with { Count = -7, Maybe = 5, Text = "new", Home = new("Oslo, \"[{", 3), Numbers = [9], Places = [] });
        await PatchedAsync(
            c,
            accounts,
            p => p.Set(m => m.Email, null).Set(m => m.Status, null).Set(m => m.Home, null).Set(m => m.Maybe, null).Set(m => m.Big, long.MinValue).Set(m => m.Balance, 1.230m).Set(m => m.Ratio, -1e300),
            x => x with { Email = null, Status = null, Home = null, Maybe = null, Big = long.MinValue, Balance = 1.230m, Ratio = -1e300 });
    });

    private static Task Strings_that_look_like_something_else_stay_strings(ConformanceContext c) => BothAsync(c, async accounts =>
    {
        string[] texts = ["", "1", "-1", "1e5", "true", "false", "null", "{", "[]", "\"", "\"quoted\"", "a\\b", "\u0001", "\u00022", "\u0004+a", "\n\t\0", " ", "\u00e4\ud83d\ude00", ":", "a,b", new string('x', 3000)];
        foreach (var text in texts)
        {
            await PatchedAsync(c, accounts, p => p.Set(m => m.Text, text).Set(m => m.Status, text).Set(m => m.Email, text), x => x with { Text = text, Status = text, Email = text });
            Equal(1L, await accounts.Query(m => m.ByStatus.Is(text)).CountAsync(c.CancellationToken));
            Equal("a0", (await accounts.FindAsync(m => m.ByEmail, text, c.CancellationToken))?.Id);
        }

        await PatchedAsync(c, accounts, p => p.Set(m => m.Labels, texts), x => x with { Labels = texts });
        foreach (var text in texts)
        {
            await PatchedAsync(c, accounts, p => p.Remove(m => m.Labels, text).Append(m => m.Labels, text), x => x with { Labels = [.. x.Labels!.Where(label => label != text), text] });
        }
    });

    private static Task Fields_are_unset(ConformanceContext c) => BothAsync(c, async accounts =>
    {
        await PatchedAsync(c, accounts, p => p.Unset(m => m.Ratio).Unset(m => m.Big), x => x with { Ratio = 0, Big = 0 });
        await PatchedAsync(c, accounts, p => p.Unset(m => m.Ratio).Unset(m => m.Places).Set(m => m.Big, 3), x => x with { Places = null, Big = 3 });
        await PatchedAsync(
            c,
            accounts,
            p => p.Unset(m => m.Email).Unset(m => m.Status).Unset(m => m.Labels).Unset(m => m.Count).Unset(m => m.Home),
            x => x with { Email = null, Status = null, Labels = null, Count = 0, Home = null });
        Equal(["a0"], await accounts.Query(m => m.ByCount.Is(0)).ToIdsAsync(c.CancellationToken));
        await PatchedAsync(c, accounts, p => p.Increment(m => m.Ratio, 0.5).Append(m => m.Places, new Place("x", 1)), x => x with { Ratio = 0.5, Places = [new("x", 1)] });
        await ThrowsAsync<ModelException>(async () => await accounts.PatchAsync("a0", p => p.Unset(m => m.Text), c.CancellationToken));
    });

    private static Task Integers_are_added_exactly_to_both_ends(ConformanceContext c) => BothAsync(c, async accounts =>
    {
        await PatchedAsync(c, accounts, p => p.Increment(m => m.Count, 5).Increment(m => m.Maybe, -3).Increment(m => m.Big, 2), x => x with { Count = 5, Maybe = -3, Big = 9_007_199_254_740_995 });
        await PatchedAsync(c, accounts, p => p.Increment(m => m.Count, int.MaxValue - 5).Increment(m => m.Big, long.MaxValue - 9_007_199_254_740_995), x => x with { Count = int.MaxValue, Big = long.MaxValue });
        await RefusedAsync<PatchException>(c, accounts, p => p.Set(m => m.Text, "no").Increment(m => m.Count, 1));
        var refused = await RefusedAsync<PatchException>(c, accounts, p => p.Increment(m => m.Big, 1));
        Equal(("account", "big"), (refused.Model, refused.Field));
        await PatchedAsync(c, accounts, p => p.Increment(m => m.Count, int.MinValue).Increment(m => m.Big, long.MinValue), x => x with { Count = -1, Big = -1 });
        await PatchedAsync(c, accounts, p => p.Increment(m => m.Count, int.MinValue + 1).Increment(m => m.Big, long.MinValue + 1), x => x with { Count = int.MinValue, Big = long.MinValue });
        await RefusedAsync<PatchException>(c, accounts, p => p.Increment(m => m.Count, -1));
        await RefusedAsync<PatchException>(c, accounts, p => p.Increment(m => m.Big, -1));
        await PatchedAsync(c, accounts, p => p.Increment(m => m.Count, int.MaxValue).Increment(m => m.Count, 1), x => x with { Count = 0 });
    });

    private static Task Decimals_keep_their_digits_and_doubles_are_doubles(ConformanceContext c) => BothAsync(c, async accounts =>
    {
        foreach (var by in new[] { 0.1m, 0.2m, -10.80m, 0.001m, -0.0010m, 1_000_000_000_000.000001m, -99.99m, 12_345_678_901_234_567.89m })
        {
            await PatchedAsync(c, accounts, p => p.Increment(m => m.Balance, by), x => x with { Balance = x.Balance + by });
        }

        foreach (var by in new[] { 0.2, 1e-7, -0.3, 1e21, 1.0 / 3, 5e-324, -1e21, 123_456_789.123 })
        {
            await PatchedAsync(c, accounts, p => p.Increment(m => m.Ratio, by), x => x with { Ratio = x.Ratio + by });
        }

        await PatchedAsync(c, accounts, p => p.Set(m => m.Ratio, double.MaxValue), x => x with { Ratio = double.MaxValue });
        await RefusedAsync<PatchException>(c, accounts, p => p.Increment(m => m.Ratio, double.MaxValue));
        await PatchedAsync(c, accounts, p => p.Set(m => m.Ratio, double.NaN), x => x with { Ratio = double.NaN });
        await RefusedAsync<PatchException>(c, accounts, p => p.Increment(m => m.Ratio, 1));
        await PatchedAsync(c, accounts, p => p.Set(m => m.Balance, decimal.MaxValue), x => x with { Balance = decimal.MaxValue });
        await RefusedAsync<PatchException>(c, accounts, p => p.Increment(m => m.Balance, 1));
    });

    private static Task Items_are_appended_and_removed(ConformanceContext c) => BothAsync(c, async accounts =>
    {
        var odd = new Place("a,b]\"}\\[{", 5);
        await PatchedAsync(c, accounts, p => p.Append(m => m.Places, odd, new Place("", 0), odd), x => x with { Places = [.. x.Places!, odd, new("", 0), odd] });
        await PatchedAsync(c, accounts, p => p.Remove(m => m.Places, new Place("", 0)), x => x with { Places = [new("Rome", 2), odd, odd] });
        await PatchedAsync(c, accounts, p => p.Remove(m => m.Places, odd), x => x with { Places = [new("Rome", 2)] });
        await PatchedAsync(c, accounts, p => p.Remove(m => m.Places, odd).Remove(m => m.Places, new Place("Rome", 2)), x => x with { Places = [] });
        await PatchedAsync(c, accounts, p => p.Append(m => m.Places, odd), x => x with { Places = [odd] });
        await PatchedAsync(c, accounts, p => p.Append(m => m.Numbers, 1, 4).Remove(m => m.Numbers, 1), x => x with { Numbers = [2, 3, 4] });
        await PatchedAsync(c, accounts, p => p.Unset(m => m.Numbers), x => x with { Numbers = null });
        await PatchedAsync(c, accounts, p => p.Remove(m => m.Numbers, 1), x => x);
        await PatchedAsync(c, accounts, p => p.Append(m => m.Numbers, 1), x => x with { Numbers = [1] });
    });

    private static Task Steps_on_one_field_follow_one_another(ConformanceContext c) => BothAsync(c, async accounts =>
    {
        await PatchedAsync(c, accounts, p => p.Set(m => m.Count, 10).Increment(m => m.Count, 5).Increment(m => m.Count, -1), x => x with { Count = 14 });
        await PatchedAsync(c, accounts, p => p.Increment(m => m.Count, 5).Set(m => m.Count, 2), x => x with { Count = 2 });
        await PatchedAsync(c, accounts, p => p.Unset(m => m.Maybe).Increment(m => m.Maybe, 4), x => x with { Maybe = 4 });
        await PatchedAsync(c, accounts, p => p.Increment(m => m.Maybe, 4).Unset(m => m.Maybe), x => x with { Maybe = null });
        await PatchedAsync(c, accounts, p => p.Set(m => m.Labels, ["a"]).Append(m => m.Labels, "b", "a").Remove(m => m.Labels, "a"), x => x with { Labels = ["b"] });
        await PatchedAsync(c, accounts, p => p.Append(m => m.Labels, "c").Remove(m => m.Labels, "c").Append(m => m.Labels, "d", "d"), x => x with { Labels = ["b", "d", "d"] });
        await PatchedAsync(c, accounts, p => p.Remove(m => m.Labels, "d").Append(m => m.Labels, "d"), x => x with { Labels = ["b", "d"] });
        await PatchedAsync(c, accounts, p => p.Unset(m => m.Labels).Append(m => m.Labels, "z"), x => x with { Labels = ["z"] });
    });

    private static Task Indexes_follow(ConformanceContext c) => BothAsync(c, async accounts =>
    {
        await PatchedAsync(
            c,
            accounts,
            p => p.Set(m => m.Email, "new@x").Set(m => m.Status, "gone").Append(m => m.Labels, "blue").Remove(m => m.Labels, "red").Increment(m => m.Count, 40).Increment(m => m.Maybe, -2).Set(m => m.Home, new Place("Oslo", 1)),
            x => x with { Email = "new@x", Status = "gone", Labels = ["green", "blue"], Count = 40, Maybe = -2, Home = new("Oslo", 1) });
        Equal("a0", (await accounts.FindAsync(m => m.ByEmail, "new@x", c.CancellationToken))?.Id);
        Equal(null, await accounts.FindAsync(m => m.ByEmail, "a0@x", c.CancellationToken));
        Equal(["a0"], await accounts.Query(m => m.ByStatus.Is("gone") & m.ByLabel.AllOf("green", "blue") & m.ByCount.Is(40) & m.ByMaybe.Is(-2) & m.ByCity.Is("Oslo")).ToIdsAsync(c.CancellationToken));
        Equal(0L, await accounts.Query(m => m.ByStatus.Is("active") | m.ByLabel.Is("red") | m.ByCity.Is("Lima") | m.ByCount.Is(0)).CountAsync(c.CancellationToken));
        await accounts.InsertAsync(Account.Number(0) with { Id = "b" }, c.CancellationToken);
        True(await accounts.DeleteAsync("b", cancellationToken: c.CancellationToken));
    });

    private static Task A_unique_value_of_another_is_refused(ConformanceContext c) => BothAsync(c, async accounts =>
    {
        await accounts.InsertAsync(Account.Number(1), c.CancellationToken);
        await RefusedAsync<DuplicateValueException>(c, accounts, p => p.Set(m => m.Status, "x").Set(m => m.Email, "a1@x").Append(m => m.Labels, "y"));
        await PatchedAsync(c, accounts, p => p.Set(m => m.Email, "a0@x"), x => x);
    });

    private static Task Versions_are_counted_and_demanded(ConformanceContext c) => BothAsync(c, async accounts =>
    {
        Equal(2L, await accounts.PatchAsync("a0", p => p.Set(m => m.Text, "b").WhenVersion(1), c.CancellationToken));
        var conflict = await RefusedAsync<VersionConflictException>(c, accounts, p => p.Set(m => m.Text, "c").WhenVersion(1));
        Equal((1L, 2L), (conflict.ExpectedVersion, conflict.ActualVersion));
        var read = (await accounts.GetAsync("a0", c.CancellationToken))!;
        Equal((2L, "b"), (read.Version, read.Text));
        await accounts.UpdateAsync(read with { Text = "d" }, c.CancellationToken);
        await ThrowsAsync<VersionConflictException>(async () => await accounts.UpdateAsync(read, c.CancellationToken));
        Equal(4L, await accounts.PatchAsync("a0", p => p.Increment(m => m.Count, 1), c.CancellationToken));
    });

    private static Task Nothing_is_patched_into_being(ConformanceContext c) => BothAsync(c, async accounts =>
    {
        await accounts.DeleteAsync("a0", cancellationToken: c.CancellationToken);
        await RefusedAsync<EntityNotFoundException>(c, accounts, p => p.Set(m => m.Text, "b"));
        await RefusedAsync<EntityNotFoundException>(c, accounts, p => p.Set(m => m.Text, "b").WhenVersion(1));
        await RefusedAsync<EntityNotFoundException>(c, accounts, p => p.Unset(m => m.Email).Increment(m => m.Count, 1).Append(m => m.Labels, "x"));
        Equal(null, await accounts.GetAsync("a0", c.CancellationToken));
    });

    private static async Task What_does_not_fit_is_refused(ConformanceContext c)
    {
        // What an earlier version of the code has stored: members of other types.
        var odd = await OddAsync(c);
        await odd.InsertAsync(new OddAccount("o", "not a number", "not a list", 1.5), c.CancellationToken);
        await using var other = new RoundTripCountingKeyValueStore(c.Store, ownsInner: false);
        var accounts = other.Keyspace(c.Tag).Repository<Account, AccountModel>(new AccountModel(c.Layout));
        var before = await ContentsAsync(c);
        await ThrowsAsync<PatchException>(async () => await accounts.PatchAsync("o", p => p.Set(m => m.Status, "x").Increment(m => m.Big, 1), c.CancellationToken));
        await ThrowsAsync<PatchException>(async () => await accounts.PatchAsync("o", p => p.Increment(m => m.Ratio, 1).Append(m => m.Places, new Place("x", 1)), c.CancellationToken));
        await ThrowsAsync<PatchException>(async () => await accounts.PatchAsync("o", p => p.Remove(m => m.Places, new Place("x", 1)), c.CancellationToken));
        Equal(before, await ContentsAsync(c));
    }

    private static async Task What_can_not_be_right_is_refused_at_once(ConformanceContext c)
    {
        var accounts = c.Store.Keyspace(c.Tag).Repository<Account, AccountModel>(new AccountModel(c.Layout));
        await ThrowsAsync<ArgumentException>(async () => await accounts.PatchAsync("a0", _ => { }, c.CancellationToken));
        await ThrowsAsync<ArgumentException>(async () => await accounts.PatchAsync("a0", p => p.Append(m => m.Labels), c.CancellationToken));
        await ThrowsAsync<ArgumentOutOfRangeException>(async () => await accounts.PatchAsync("a0", p => p.Increment(m => m.Ratio, double.NaN), c.CancellationToken));
        await ThrowsAsync<EntityIdException>(async () => await accounts.PatchAsync("", p => p.Set(m => m.Text, "b"), c.CancellationToken));
        Equal([], await ContentsAsync(c));
    }

    private static Task A_change_patches_along_with_other_writes(ConformanceContext c) => BothAsync(c, async accounts =>
    {
        await accounts.InsertAsync(Account.Number(1), c.CancellationToken);
        await accounts.InsertAsync(Account.Number(2), c.CancellationToken);
        var change = accounts.Keyspace.Change();
        change.Insert(accounts, Account.Number(3));
        change.Patch(accounts, "a0", p => p.Set(m => m.Email, "moved@x").Increment(m => m.Count, 2).Unset(m => m.Places));
        change.Delete(accounts, "a1");
        change.Patch(accounts, "a2", p => p.Set(m => m.Email, "a0@x").Remove(m => m.Labels, "red").Increment(m => m.Balance, 0.05m));
        await change.CommitAsync(c.CancellationToken);
        Equal((Account.Number(0) with { Email = "moved@x", Count = 2, Places = null, Version = 2 }).ToString(), (await accounts.GetAsync("a0", c.CancellationToken))!.ToString());
        Equal((Account.Number(2) with { Email = "a0@x", Labels = ["green"], Balance = 10.55m, Version = 2 }).ToString(), (await accounts.GetAsync("a2", c.CancellationToken))!.ToString());
        await IsCleanAsync(c, accounts);
    });

    private static Task A_refused_change_patches_nothing(ConformanceContext c) => BothAsync(c, async accounts =>
    {
        await accounts.InsertAsync(Account.Number(1), c.CancellationToken);
        var before = await ContentsAsync(c);
        var change = accounts.Keyspace.Change();
        change.Patch(accounts, "a0", p => p.Set(m => m.Email, "moved@x").Append(m => m.Labels, "z").Unset(m => m.Places).Unset(m => m.Count).Increment(m => m.Maybe, 1));
        change.Patch(accounts, "a1", p => p.Set(m => m.Email, "moved@x"));
        var refused = await ThrowsAsync<DuplicateValueException>(async () => await change.CommitAsync(c.CancellationToken));
        Equal(1, refused.Operation);
        Equal(before, await ContentsAsync(c));
        change = accounts.Keyspace.Change();
        change.Patch(accounts, "a1", p => p.Set(m => m.Text, "b").Unset(m => m.Ratio).Append(m => m.Places, new Place("x", 1)));
        change.Patch(accounts, "a0", p => p.Set(m => m.Text, "b").WhenVersion(9));
        await ThrowsAsync<VersionConflictException>(async () => await change.CommitAsync(c.CancellationToken));
        Equal(before, await ContentsAsync(c));
    });

    // Whichever of those that have to be read comes back first.
    private static Task A_change_says_which_patch_is_refused(ConformanceContext c) => BothAsync(c, async accounts =>
    {
        var change = accounts.Keyspace.Change();
        change.Patch(accounts, "a0", p => p.Set(m => m.Count, 5));
        change.Patch(accounts, "gone", p => p.Set(m => m.Count, 5));
        change.Patch(accounts, "gone too", p => p.Set(m => m.Count, 5));
        var refused = await ThrowsAsync<EntityNotFoundException>(async () => await change.CommitAsync(c.CancellationToken));
        Equal(1, refused.Operation);
        Equal(0, (await accounts.GetAsync("a0", c.CancellationToken))!.Count);
    });

    private static async Task An_entity_of_other_indexes_is_patched(ConformanceContext c)
    {
        await using var other = new RoundTripCountingKeyValueStore(c.Store, ownsInner: false);
        var narrow = other.Keyspace(c.Tag).Repository<Account, NarrowAccountModel>(new NarrowAccountModel(c.Layout));
        await BothAsync(c, async accounts =>
        {
            if (accounts.Model is OpaqueAccountModel)
            {
                return;
            }

            await narrow.UpsertAsync(Account.Number(0) with { Text = "narrow" }, c.CancellationToken);
            await narrow.BuildIndexesAsync(new IndexBuildOptions { Settle = TimeSpan.Zero }, c.CancellationToken);
            await PatchedAsync(c, accounts, p => p.Append(m => m.Labels, "blue").Increment(m => m.Count, 3), x => x with { Labels = [.. x.Labels!, "blue"], Count = x.Count + 3 });
            Equal(1L, await narrow.Query(m => m.ByText.Is("narrow")).CountAsync(c.CancellationToken));
            Equal(["a0"], await accounts.Query(m => m.ByLabel.Is("red") & m.ByCount.Is(3)).ToIdsAsync(c.CancellationToken));
            await narrow.UpsertAsync(Account.Number(0) with { Text = "narrow" }, c.CancellationToken);
            var change = accounts.Keyspace.Change();
            change.Insert(accounts, Account.Number(5));
            change.Patch(accounts, "a0", p => p.Set(m => m.Status, "new"));
            await change.CommitAsync(c.CancellationToken);
            Equal(["a0"], await accounts.Query(m => m.ByStatus.Is("new")).ToIdsAsync(c.CancellationToken));
            await IsCleanAsync(c, accounts);
        });
    }

    private static Task The_end_stays_unless_the_patch_sets_it(ConformanceContext c) => BothAsync(c, async accounts =>
    {
        await accounts.InsertAsync(Account.Number(1), TimeSpan.FromHours(1), c.CancellationToken);
        var end = (await accounts.GetExpiryAsync("a1", c.CancellationToken)).Moment;
        True(end is not null);
        await accounts.PatchAsync("a1", p => p.Increment(m => m.Count, 1).Append(m => m.Labels, "x").Unset(m => m.Places), c.CancellationToken);
        await accounts.PatchAsync("a1", p => p.Set(m => m.Places, [new Place("x", 1)]), c.CancellationToken);
        Equal(end, (await accounts.GetExpiryAsync("a1", c.CancellationToken)).Moment);
        if (c.Layout.PartSize == 0)
        {
            foreach (var line in (await ContentsAsync(c)).Where(line => line.StartsWith($"{{{accounts.Keyspace.Tag}}}:account:a1", StringComparison.Ordinal)))
            {
                True(line.Contains($" until {end:O}", StringComparison.Ordinal), "every key of the entity keeps its end");
            }
        }

        var later = end!.Value.AddHours(2);
        await accounts.PatchAsync("a1", p => p.Set(m => m.Text, "y").Expire(Expiry.At(later)), c.CancellationToken);
        Equal(later.ToUnixTimeMilliseconds(), (await accounts.GetExpiryAsync("a1", c.CancellationToken)).Moment!.Value.ToUnixTimeMilliseconds());
        await accounts.PatchAsync("a1", p => p.Set(m => m.Text, "z").Expire(Expiry.Persist), c.CancellationToken);
        Equal(null, (await accounts.GetExpiryAsync("a1", c.CancellationToken)).Moment);
        Equal("z", (await accounts.GetAsync("a1", c.CancellationToken))!.Text);
        await IsCleanAsync(c, accounts);
    });

    private static async Task Concurrent_increments_are_all_counted(ConformanceContext c)
    {
        var accounts = c.Store.Keyspace(c.Tag).Repository<Account, AccountModel>(new AccountModel(c.Layout));
        await accounts.InsertAsync(Account.Number(0), c.CancellationToken);
        await Task.WhenAll(Enumerable.Range(0, 4).Select(worker => Task.Run(
            async () =>
            {
                for (var i = 0; i < 5; i++)
                {
                    await accounts.PatchAsync("a0", p => p.Increment(m => m.Count, 1).Append(m => m.Labels, $"{worker}/{i}"), c.CancellationToken);
                }
            },
            c.CancellationToken)));
        var read = (await accounts.GetAsync("a0", c.CancellationToken))!;
        Equal((20, 22, 21L), (read.Count, read.Labels!.Count, read.Version));
        await IsCleanAsync(c, accounts);
    }

    private static Task Fields_are_read_alone(ConformanceContext c) => BothAsync(c, async accounts =>
    {
        Equal(null, await accounts.GetFieldsAsync("none", m => [m.Text, m.Count], c.CancellationToken));
        await accounts.PatchAsync("a0", p => p.Unset(m => m.Big).Set(m => m.Status, "1"), c.CancellationToken);
        var fields = (await accounts.GetFieldsAsync("a0", m => [m.Text, m.Status, m.Count, m.Maybe, m.Big, m.Balance, m.Ratio, m.Home, m.Labels, m.Places], c.CancellationToken))!;
        var m = accounts.Model;
        Equal(("text", "1", 0, null, 0L, 10.50m, 0.1), (fields.Get(m.Text), fields.Get(m.Status), fields.Get(m.Count), fields.Get(m.Maybe), fields.Get(m.Big), fields.Get(m.Balance), fields.Get(m.Ratio)));
        Equal(new Place("Lima", 1), fields.Get(m.Home));
        Equal(["red", "green"], fields.Get(m.Labels));
        Equal([new Place("Rome", 2)], fields.Get(m.Places));
        True(fields.Has(m.Maybe) && !fields.Has(m.Big));
        await ThrowsAsync<ArgumentException>(() => Task.FromResult(fields.Has(m.Numbers)));
        True(!(await accounts.GetFieldsAsync("a0", m => [m.Big], c.CancellationToken))!.Has(m.Big));
        await accounts.DeleteAsync("a0", cancellationToken: c.CancellationToken);
        Equal(null, await accounts.GetFieldsAsync("a0", m => [m.Big], c.CancellationToken));
    });

    private static async Task Unknown_members_outlive_a_patch(ConformanceContext c)
    {
        var odd = await OddAsync(c);
        await odd.InsertAsync(new OddAccount("o", null, null, 2.5) { Text = "t", Newer = new Place("deep, [", 3) }, c.CancellationToken);
        await using var other = new RoundTripCountingKeyValueStore(c.Store, ownsInner: false);
        var accounts = other.Keyspace(c.Tag).Repository<Account, AccountModel>(new AccountModel(c.Layout));
        Equal((2.5, "t"), ((await accounts.GetFieldsAsync("o", m => [m.Ratio, m.Text], c.CancellationToken)) is { } f ? (f.Get(accounts.Model.Ratio), f.Get(accounts.Model.Text)!) : default));
        await accounts.PatchAsync("o", p => p.Increment(m => m.Ratio, 1).Set(m => m.Status, "s"), c.CancellationToken);
        await accounts.PatchAsync("o", p => p.Increment(m => m.Count, 1), c.CancellationToken);
        var read = (await accounts.GetAsync("o", c.CancellationToken))!;
        Equal((3.5, "s", 1, 3L), (read.Ratio, read.Status, read.Count, read.Version));
        Equal("""{"name":"deep, [","floor":3}""", read.More?["newer"].GetRawText());
        Equal(new Place("deep, [", 3), (await odd.GetAsync("o", c.CancellationToken))!.Newer);
        Equal(read.ToString(), (await accounts.GetManyAsync(["o"], c.CancellationToken))[0]!.ToString());
    }

    private static Task<Repository<OddAccount, OddAccountModel>> OddAsync(ConformanceContext c) =>
        Task.FromResult(c.Store.Keyspace(c.Tag).Repository<OddAccount, OddAccountModel>(new OddAccountModel(c.Layout)));

    // Once with indexes over fields, once with indexes over functions of the whole: nobody is to see a difference.
    private static async Task BothAsync(ConformanceContext c, Func<Repository<Account, AccountModel>, Task> test)
    {
        foreach (var model in (AccountModel[])[new AccountModel(c.Layout), new OpaqueAccountModel(c.Layout)])
        {
            var accounts = c.Store.Keyspace(c.Tag, model is OpaqueAccountModel ? "opaque" : null).Repository<Account, AccountModel>(model);
            await accounts.InsertAsync(Account.Number(0), c.CancellationToken);
            await test(accounts);
            await IsCleanAsync(c, accounts);
        }
    }

    private static async Task PatchedAsync(ConformanceContext c, Repository<Account, AccountModel> accounts, Action<Patch<Account, AccountModel>> patch, Func<Account, Account> expected)
    {
        var before = (await accounts.GetAsync("a0", c.CancellationToken))!;
        Equal(before.Version + 1, await accounts.PatchAsync("a0", patch, c.CancellationToken), "version after the patch");
        Equal((expected(before) with { Version = before.Version + 1 }).ToString(), (await accounts.GetAsync("a0", c.CancellationToken))?.ToString());
    }

    private static async Task<TException> RefusedAsync<TException>(ConformanceContext c, Repository<Account, AccountModel> accounts, Action<Patch<Account, AccountModel>> patch)
        where TException : Exception
    {
        var before = await ContentsAsync(c);
        var refused = await ThrowsAsync<TException>(async () => await accounts.PatchAsync("a0", patch, c.CancellationToken));
        Equal(before, await ContentsAsync(c));
        return refused;
    }

    private static async Task IsCleanAsync(ConformanceContext c, Repository<Account, AccountModel> accounts) =>
        Equal("", string.Join(", ", (await accounts.VerifyAsync(c.CancellationToken)).Differences));

    // With every tenant's.
    private static Task<IReadOnlyList<string>> ContentsAsync(ConformanceContext c) => EntityConformance.ContentsAsync(c, $"{{{c.Tag}");
}
