using RedisPatterns.Commands;
using RedisPatterns.InMemory;
using RedisPatterns.Testing;

namespace RedisPatterns.StackExchangeRedis.Tests;

/// <summary>What generated calls on damaged keys have found: each the same in memory and on a server, and what it is.</summary>
public sealed class EntityDamageTests(RedisFixture fixture)
{
    private static readonly Gadget Sample = new(
        "a", "a@x", "open", ["red", "green"], 7, 1.5m, 1, 2, 3.50m, 0.5, "note", "remark", [1, 2], null, new string('p', 1_500));

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(false, "{")]
    [InlineData(true, "WrongTypeException")]
    public Task A_key_of_another_type_at_an_attribute_is_overwritten_by_one_write_and_refuses_a_change(bool isChange, string expected) => SameAsync(
        Variant(LayoutKind.Attributes),
        expected,
        Insert(Sample),
        Damage("a.note becomes a list", side => Keys.Delete($"{side.Tag}:gadget:a:note")),
        Damage("a.note becomes a list", side => Lists.RightPush($"{side.Tag}:gadget:a:note", "in the way")),
        isChange ? Change((change, side) => change.Delete(side.Repositories[0], "b"), (change, side) => change.Upsert(side.Repositories[0], Sample)) : Upsert(Sample));

    [Fact]
    public Task A_write_on_a_condition_takes_a_key_of_another_type_for_none() => SameAsync(
        Variant(LayoutKind.Attributes) with { Indexes = GadgetIndexes.OfFunctions },
        "2",
        Insert(Sample),
        Damage("a.note is deleted", side => Keys.Delete($"{side.Tag}:gadget:a:note")),
        Damage("a.note becomes a list", side => Lists.RightPush($"{side.Tag}:gadget:a:note", "in the way")),
        Patch(p => p.Increment(m => m.Count, 1)));

    [Theory]
    [InlineData("1", "EntityFormatException")]
    [InlineData("id,count", "EntityFormatException")]
    [InlineData("1x:id,count", "EntityFormatException")]
    [InlineData("1:id,count,count", "2")]
    public Task A_list_of_attributes_that_is_none_is_told_of(string list, string expected) => SameAsync(
        Variant(LayoutKind.Attributes),
        expected,
        Insert(Sample),
        Damage($"a becomes '{list}'", side => Strings.Set($"{side.Tag}:gadget:a", list)),
        Patch(p => p.Unset(m => m.Count).Increment(m => m.Big, 1)));

    [Fact]
    public Task A_refused_change_takes_back_a_version_that_the_list_did_not_name() => SameAsync(
        Variant(LayoutKind.Attributes),
        "EntityExistsException at 1",
        Insert(Sample),
        Damage("a loses its version", side => Keys.Delete($"{side.Tag}:gadget:a:version")),
        Damage("a becomes '1:id,count'", side => Strings.Set($"{side.Tag}:gadget:a", "1:id,count")),
        Change((change, side) => change.Patch(side.Repositories[0], "a", p => p.Increment(m => m.Count, 1)), (change, side) => change.Insert(side.Repositories[0], Sample)));

    [Theory]
    [InlineData("", "PatchException")]
    [InlineData("[", "PatchException")]
    [InlineData("[\"red\"", "PatchException")]
    [InlineData("[ \t]", "2")]
    [InlineData("[ \"red\" , \"x\"]", "2")]
    public async Task Collections_that_are_none_are_not_changed(string text, string expected)
    {
        foreach (var patch in (Action<Patch<Gadget, GadgetModel>>[])[p => p.Append(m => m.Labels, "blue"), p => p.Remove(m => m.Labels, "red")])
        {
            await SameAsync(
                Variant(LayoutKind.Hash), expected, Insert(Sample), Damage($"a.labels becomes '{text}'", side => Hashes.Set($"{side.Tag}:gadget:a", "labels", text)), Patch(patch));
        }
    }

    [Theory]
    [InlineData("-0", "2")]
    [InlineData("00012", "2")]
    [InlineData("5.", "2")]
    [InlineData("", "PatchException")]
    [InlineData("1e5", "PatchException")]
    [InlineData("-9223372036854775809", "PatchException")]
    public Task Numbers_are_read_alike(string text, string expected) => SameAsync(
        Variant(LayoutKind.Hash),
        expected,
        Insert(Sample),
        Damage($"a.big becomes '{text}'", side => Hashes.Set($"{side.Tag}:gadget:a", "big", text)),
        Patch(p => p.Increment(m => m.Big, 0)));

    [Fact]
    public Task Two_negative_zeros_are_zero() => SameAsync(
        Variant(LayoutKind.Hash),
        "0",
        Insert(Sample with { Ratio = -0.0 }),
        Patch(p => p.Increment(m => m.Ratio, -0.0)),
        Damage("the ratio is read", side => Hashes.Get($"{side.Tag}:gadget:a", "ratio")));

    [Theory]
    [InlineData("ABC")]
    [InlineData("ABC5")]
    [InlineData("ABC5.:a@x")]
    [InlineData("ABC007.2:a@x")]
    [InlineData("ABC5x:a@x")]
    [InlineData("ABC99999999999999999999:a@x")]
    [InlineData("ABC5.99999999999:a@x")]
    [InlineData("\u00e91:a@x")]
    [InlineData("STAMP007:a@x:open,shut:red:1")]
    [InlineData("STAMP5.:a@x:open,shut:red:1")]
    [InlineData("STAMP1234567890123456:a@x:open:red:1")]
    [InlineData("STAMP2:a@x:open")]
    public async Task Memos_are_read_alike(string memo)
    {
        foreach (var write in (EntityStep[])[Insert(Sample), Upsert(Sample), Upsert(Sample with { Email = "b@x", Status = null, Labels = null, Rank = null }), Patch(p => p.Increment(m => m.Count, 1)), Delete("a")])
        {
            var text = memo.Replace("STAMP", new GadgetModel(Variant(LayoutKind.Hash)).Closed.Shape.Stamp, StringComparison.Ordinal);
            await SameAsync(
                Variant(LayoutKind.Hash),
                "",
                Insert(Sample),
                Damage("a shape ABC", side => Hashes.Set($"{side.Tag}:idx:gadget", "ABC", "u:email|t:status")),
                Damage($"the memo becomes '{text}'", side => Hashes.Set(MemoKey(side, "a"), "a", text)),
                write,
                Get("a"));
        }
    }

    [Theory]
    [InlineData("u")]
    [InlineData("u:")]
    [InlineData("|r:rank|x")]
    [InlineData("uu:email|zt:status")]
    [InlineData("T:label|u:email|r:rank")]
    public Task Shapes_in_the_catalogue_are_read_alike(string shape) => SameAsync(
        Variant(LayoutKind.Document),
        "{",
        Insert(Sample),
        Damage($"a shape ABC '{shape}'", side => Hashes.Set($"{side.Tag}:idx:gadget", "ABC", shape)),
        Damage("a memo of it", side => Hashes.Set(MemoKey(side, "a"), "a", "ABC4:a@x:open:red")),
        Upsert(Sample with { Rank = null }));

    [Fact]
    public Task A_score_of_which_nothing_is_remembered_stays_when_there_is_no_value() => SameAsync(
        Variant(LayoutKind.Document),
        "{",
        Insert(Sample),
        Damage("the memo is deleted", side => Hashes.Delete(MemoKey(side, "a"), "a")),
        Upsert(Sample with { Rank = null }));

    [Fact]
    public Task A_sweep_that_meets_a_key_of_another_type_takes_back_what_it_has_removed() => SameAsync(
        Variant(LayoutKind.Document) with { Expiry = GadgetExpiry.PerCall },
        "0",
        Insert(Sample),
        Damage("a goes", side => Keys.Delete($"{side.Tag}:gadget:a")),
        Damage("a is due", side => SortedSets.Add($"{side.Tag}:exp:gadget", $"{KeyGrammar.MemoBucket("a")}:a", 1)),
        Damage("the status is deleted", side => Keys.Delete($"{side.Tag}:idx:gadget:status:open")),
        Damage("the status becomes a string", side => Strings.Set($"{side.Tag}:idx:gadget:status:open", "in the way")),
        new EntityStep("Sweep", true, async side => $"{await side.Repositories[0].SweepAsync(10, side.Cancellation)}"));

    [Fact]
    public Task A_member_of_the_schedule_that_names_no_entity_fails_no_write() => SameAsync(
        Variant(LayoutKind.Document) with { Expiry = GadgetExpiry.PerCall },
        "{",
        Damage("garbage is due", side => SortedSets.Add($"{side.Tag}:exp:gadget", "garbage", 1)),
        Insert(Sample));

    [Fact]
    public async Task A_query_passes_over_a_document_of_another_type_and_meets_each_key_it_asks()
    {
        var list = new EntityStep("Query", true, async side => string.Join(' ', await side.Repositories[0].Query(m => m.ByRank!.AtLeast(0)).ToListAsync(side.Cancellation)));
        var either = new EntityStep("Query either", true, async side => $"{await side.Repositories[0].Query(m => m.ByRank!.Is(7) | m.ByStatus!.Is("broken")).CountAsync(side.Cancellation)}");
        await SameAsync(
            Variant(LayoutKind.Document),
            "{",
            Insert(Sample),
            Insert(Sample with { Id = "b", Email = "b@x" }),
            Damage("b goes", side => Keys.Delete($"{side.Tag}:gadget:b")),
            Damage("b becomes a list", side => Lists.RightPush($"{side.Tag}:gadget:b", "in the way")),
            list);
        await SameAsync(
            Variant(LayoutKind.Document), "WrongTypeException", Insert(Sample), Damage("a status is a string", side => Strings.Set($"{side.Tag}:idx:gadget:status:broken", "in the way")), either);
    }

    [Theory]
    [InlineData("parts=99999999")]
    [InlineData("parts=00002")]
    [InlineData("parts=9")]
    public Task A_manifest_that_is_none_tells_where_parts_may_be_but_never_of_too_many(string parts) => SameAsync(
        Variant(LayoutKind.Chunked),
        "{",
        Insert(Sample),
        new EntityStep("the manifest is changed", true, async side =>
        {
            StoreKey key = $"{side.Tag}:gadget:a";
            var text = (await side.Store.SendAsync(Strings.Get(key), side.Cancellation)).AsText()!;
            return await side.SendAsync(Strings.Set(key, text.Replace("parts=2", parts, StringComparison.Ordinal)));
        }),
        Upsert(Sample));

    [Fact]
    public async Task A_document_that_is_no_JSON_is_told_of_by_writes_that_keep_what_they_do_not_know()
    {
        var damage = Damage("a becomes '[1,2'", side => Strings.Set($"{side.Tag}:gadget:a", "[1,2"));
        await SameAsync(Variant(LayoutKind.Document) with { Schema = GadgetSchema.FirstPreserving }, "EntityFormatException", Insert(Sample), damage, Upsert(Sample));
        await SameAsync(
            Variant(LayoutKind.Document) with { Schema = GadgetSchema.SecondWritingBack },
            "nothing",
            Insert(Sample),
            damage,
            new EntityStep("GetMany but the unreadable", true, async side => side.Learn(0, (await side.Repositories[0].GetManyAsync(["a"], _ => { }, side.Cancellation))[0])));
    }

    [Fact]
    public async Task A_migration_tells_of_a_document_that_is_no_JSON_and_goes_on()
    {
        await SameAsync(
            Variant(LayoutKind.Document) with { Schema = GadgetSchema.Second },
            "1 upgraded, 1 failed",
            Insert(Sample),
            Insert(Sample with { Id = "b", Email = "b@x" }),
            Damage("a becomes '[1,2'", side => Strings.Set($"{side.Tag}:gadget:a", "[1,2")),
            Damage("b is of the first schema", side => Strings.Set($"{side.Tag}:gadget:b", "{\"id\":\"b\",\"pad\":\"\"}")),
            new EntityStep("Migrate", true, async side =>
            {
                var report = await side.Repositories[0].MigrateAsync(cancellationToken: side.Cancellation);
                return $"{report.Upgraded} upgraded, {report.Failed} failed";
            }));
    }

    /// <summary>What was written ahead of a change that meets a key of another type is of no use to anybody.</summary>
    [Fact]
    public async Task A_change_that_meets_a_key_of_another_type_leaves_no_parts()
    {
        await using var store = await fixture.ConnectAsync();
        var side = new EntitySide(store, NewName(), [Variant(LayoutKind.Chunked)], Cancellation);
        await store.SendAsync(Lists.RightPush($"{side.Tag}:idx:gadget:rank", "in the way"), Cancellation);
        var before = await StoreContents.ReadAsync(store, side.Tag, Cancellation);

        var change = side.Repositories[0].Keyspace.Change();
        change.Insert(side.Repositories[0], Sample with { Rank = null });
        change.Insert(side.Repositories[0], Sample with { Id = "b", Email = "b@x" });
        await Assert.ThrowsAsync<WrongTypeException>(async () => await change.CommitAsync(Cancellation));

        Assert.Equal(before, await StoreContents.ReadAsync(store, side.Tag, Cancellation));
    }

    /// <summary>As on a server, where a change that is refused later must be able to bring them back.</summary>
    [Fact]
    public async Task A_change_leaves_the_parts_of_what_it_deletes_for_a_second_in_memory_too()
    {
        var clock = new ManualTimeProvider();
        await using var store = new InMemoryKeyValueStore(clock);
        var side = new EntitySide(store, "entities", [Variant(LayoutKind.Chunked)], Cancellation);
        await side.Repositories[0].InsertAsync(Sample, Cancellation);
        var keys = await KeyspaceContents.KeysAsync(store, $"{side.Tag}:gadget:a:", Cancellation);

        var change = side.Repositories[0].Keyspace.Change();
        change.Delete(side.Repositories[0], "a");
        change.Delete(side.Repositories[0], "b");
        await change.CommitAsync(Cancellation);

        Assert.Equal(2, keys.Count);
        foreach (var key in keys)
        {
            Assert.Equal(clock.GetUtcNow().AddSeconds(1), (await store.SendAsync(Keys.ExpireTime(key), Cancellation)).Moment);
        }
    }

    private static GadgetVariant Variant(LayoutKind layout) => new(
        "gadget",
        layout switch
        {
            LayoutKind.Hash => EntityLayout.Hash,
            LayoutKind.Attributes => EntityLayout.Attributes,
            LayoutKind.Chunked => EntityLayout.Chunked(1_024, TimeSpan.FromHours(1)),
            _ => EntityLayout.Document(),
        },
        HasVersion: true,
        GadgetIndexes.OfFields,
        GadgetSchema.First,
        GadgetExpiry.Never);

    private static string NewName() => RedisFixture.NewTag().Trim('{', '}');

    private static string MemoKey(EntitySide side, string id) => $"{side.Tag}:memo:gadget:{KeyGrammar.MemoBucket(id)}";

    private static EntityStep Damage<TReply>(string text, Func<EntitySide, StoreCommand<TReply>> command) => new(text, true, side => side.SendAsync(command(side)));

    private static EntityStep Insert(Gadget gadget) =>
        new($"Insert {gadget}", true, async side => side.Learn(0, await side.Repositories[0].InsertAsync(gadget, side.Cancellation)));

    private static EntityStep Upsert(Gadget gadget) =>
        new($"Upsert {gadget}", true, async side => side.Learn(0, await side.Repositories[0].UpsertAsync(gadget, side.Cancellation)));

    private static EntityStep Patch(Action<Patch<Gadget, GadgetModel>> patch) =>
        new("Patch a", true, async side => $"{await side.Repositories[0].PatchAsync("a", patch, side.Cancellation)}");

    private static EntityStep Delete(string id) =>
        new($"Delete {id}", true, async side => $"{await side.Repositories[0].DeleteAsync(id, cancellationToken: side.Cancellation)}");

    private static EntityStep Get(string id) => new($"Get {id}", true, async side => side.Learn(0, await side.Repositories[0].GetAsync(id, side.Cancellation)));

    private static EntityStep Change(params Action<Change, EntitySide>[] writes) => new("Change", true, async side =>
    {
        var change = side.Repositories[0].Keyspace.Change();
        Array.ForEach(writes, write => write(change, side));
        await change.CommitAsync(side.Cancellation);
        return "committed";
    });

    // The last outcome begins so, in both stores, which are compared after each step.
    private async Task SameAsync(GadgetVariant variant, string expected, params EntityStep[] steps)
    {
        await using var reference = await fixture.ConnectAsync();
        var sequence = new EntitySequence(0, [variant], steps);
        var last = "";

        var difference = await new EntityComparison(reference, NewName(), Cancellation).RunAsync(sequence, afterEach: true, (_, outcome) => last = outcome);

        Assert.True(difference is null, $"{sequence}{difference?.What}");
        Assert.StartsWith(expected, last);
    }
}
