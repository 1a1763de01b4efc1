using RedisPatterns.Commands;

namespace RedisPatterns.Testing;

/// <summary>What every store with streams promises about consumer groups.</summary>
public sealed class StreamGroupConformance : ConformanceSuite
{
    private const StoreFeatures Needed = StoreFeatures.Streams;

    /// <inheritdoc/>
    public override IReadOnlyList<SendMode> Modes => EveryMode;

    /// <inheritdoc/>
    public override IReadOnlyList<ConformanceTest> Tests { get; } =
    [
        new(A_group_is_made_once, Needed),
        new(A_group_may_make_its_stream, Needed),
        new(Each_entry_goes_to_one_consumer, Needed),
        new(What_is_pending_is_read_again, Needed),
        new(Acknowledged_entries_are_pending_no_more, Needed),
        new(Entries_may_count_as_acknowledged_at_once, Needed),
        new(Several_streams_are_read_for_a_consumer, Needed),
        new(What_is_pending_is_told, Needed),
        new(A_claim_changes_the_consumer, Needed),
        new(A_claim_leaves_what_is_not_idle, Needed),
        new(Entries_are_claimed_page_by_page, Needed),
        new(Deleted_entries_are_no_longer_pending_after_a_claim, Needed),
        new(A_groups_position_may_be_moved, Needed),
        new(Consumers_and_groups_are_removed, Needed),
        new(Groups_and_consumers_are_told, Needed),
        new(What_is_absent_fails, Needed),
    ];

    private static async Task A_group_is_made_once(ConformanceContext c)
    {
        await c.GivenAsync(Add(c, 1));
        await c.Expect(Streams.CreateGroup(c.Key("s"), "g")).AnswersAsync(true);
        await c.Expect(Streams.CreateGroup(c.Key("s"), "g")).FailsAsync<GroupExistsException>();
        await c.Expect(Read(c, "a")).AnswersAsync([]);
        await c.GivenAsync(Add(c, 2));
        await IdsAsync(c, Read(c, "a"), 2);
    }

    private static async Task A_group_may_make_its_stream(ConformanceContext c)
    {
        await c.Expect(Streams.CreateGroup(c.Key("s"), "g")).FailsAsync<NoSuchKeyException>();
        await c.Expect(Keys.Exists(c.Key("s"))).AnswersAsync(false);
        await c.Expect(Streams.CreateGroup(c.Key("s"), "g", makeStream: true)).AnswersAsync(true);
        await c.Expect(Streams.Length(c.Key("s"))).AnswersAsync(0);
        await c.Expect(Keys.Type(c.Key("s"))).AnswersAsync(DataType.Stream);
    }

    private static async Task Each_entry_goes_to_one_consumer(ConformanceContext c)
    {
        await GivenGroupAsync(c, 3);
        await IdsAsync(c, Read(c, "a", 2), 1, 2);
        await IdsAsync(c, Read(c, "b", 2), 3);
        await IdsAsync(c, Read(c, "a", 2));
    }

    private static async Task What_is_pending_is_read_again(ConformanceContext c)
    {
        await GivenGroupAsync(c, 3);
        await c.GivenAsync(Read(c, "a", 2), Streams.Delete(c.Key("s"), Id(1)));
        var mine = Streams.ReadGroup("g", "a", null, false, StreamPosition.Behind(c.Key("s"), StreamId.Zero));
        await c.Expect(mine).AnswersAsync(
            found => found.Length == 1 && found[0].Entries.Count == 2 && found[0].Entries[0] is { IsDeleted: true } deleted && deleted.Id == Id(1)
                && found[0].Entries[1] is { IsDeleted: false } second && second.Id == Id(2),
            "the deleted entry 1 and the entry 2");
        await c.Expect(Streams.ReadGroup("g", "b", null, false, StreamPosition.Behind(c.Key("s"), StreamId.Zero))).AnswersAsync(
            found => found.All(stream => stream.Entries.Count == 0), "nothing");
    }

    private static async Task Acknowledged_entries_are_pending_no_more(ConformanceContext c)
    {
        await GivenGroupAsync(c, 3);
        await c.GivenAsync(Read(c, "a"));
        await c.Expect(Streams.Acknowledge(c.Key("s"), "g", Id(1), Id(9), Id(1))).AnswersAsync(1);
        await c.Expect(Streams.Acknowledge(c.Key("s"), "g", Id(1), Id(2))).AnswersAsync(1);
        await c.Expect(Streams.Acknowledge(c.Key("s"), "none", Id(3))).AnswersAsync(0);
        await c.Expect(Streams.Acknowledge(c.Key("none"), "g", Id(3))).AnswersAsync(0);
        await c.Expect(Streams.Pending(c.Key("s"), "g")).AnswersAsync(pending => pending.Count == 1 && pending.Lowest == Id(3), "3 alone");
    }

    private static async Task Entries_may_count_as_acknowledged_at_once(ConformanceContext c)
    {
        await GivenGroupAsync(c, 2);
        await IdsAsync(c, Streams.ReadGroup(c.Key("s"), "g", "a", noAck: true), 1, 2);
        await c.Expect(Streams.Pending(c.Key("s"), "g")).AnswersAsync(pending => pending.Count == 0 && pending.Consumers.Count == 0, "nothing");
    }

    private static async Task Several_streams_are_read_for_a_consumer(ConformanceContext c)
    {
        await GivenGroupAsync(c, 2);
        await c.GivenAsync(
            Streams.Add(c.Key("t"), Id(7), [new("f", "v")]), Streams.CreateGroup(c.Key("t"), "g", StreamId.Zero),
            Streams.CreateGroup(c.Key("empty"), "g", makeStream: true));
        var read = Streams.ReadGroup(
            "g", "a", 1, false, StreamPosition.Undelivered(c.Key("s")), StreamPosition.Undelivered(c.Key("empty")), StreamPosition.Undelivered(c.Key("t")));
        await c.Expect(read).AnswersAsync(
            found => found.Length == 2 && found[0].Key == c.Key("s") && found[0].Entries.Single().Id == Id(1)
                && found[1].Key == c.Key("t") && found[1].Entries.Single().Id == Id(7),
            "1 of s and 7 of t");
    }

    private static async Task What_is_pending_is_told(ConformanceContext c)
    {
        await GivenGroupAsync(c, 3);
        await c.Expect(Streams.Pending(c.Key("s"), "g")).AnswersAsync(pending => pending is { Count: 0, Lowest: null, Highest: null }, "nothing");
        await c.GivenAsync(Read(c, "a", 2), Read(c, "b"));
        var summary = await c.SendAsync(Streams.Pending(c.Key("s"), "g"));
        Equal(3, summary.Count);
        Equal(Id(1), summary.Lowest!.Value);
        Equal(Id(3), summary.Highest!.Value);
        EqualInAnyOrder([new KeyValuePair<StoreValue, long>("a", 2), new("b", 1)], summary.Consumers);
        var entries = await c.SendAsync(Streams.Pending(c.Key("s"), "g", StreamRange.All, 10));
        Equal(["1-0 a 1", "2-0 a 1", "3-0 b 1"], entries.Select(Text));
        True(entries.All(entry => entry.Idle >= TimeSpan.Zero && entry.Idle < TimeSpan.FromMinutes(1)));
        var some = await c.SendAsync(Streams.Pending(c.Key("s"), "g", StreamRange.After(Id(1)), 1, "a"));
        Equal(["2-0 a 1"], some.Select(Text));
        await c.Expect(Streams.Pending(c.Key("s"), "g", StreamRange.All, 10, minIdle: TimeSpan.FromHours(1))).AnswersAsync([]);
    }

    private static async Task A_claim_changes_the_consumer(ConformanceContext c)
    {
        await GivenGroupAsync(c, 3);
        await c.GivenAsync(Read(c, "a"));
        await IdsAsync(c, Streams.Claim(c.Key("s"), "g", "b", TimeSpan.Zero, [Id(1), Id(9)]), 1);
        await c.Expect(Streams.ClaimIds(c.Key("s"), "g", "b", TimeSpan.Zero, [Id(2)])).AnswersAsync([Id(2)]);
        await c.Expect(Streams.ClaimIds(c.Key("s"), "g", "c", TimeSpan.Zero, [Id(3)], new StreamClaimOptions { DeliveryCount = 7 })).AnswersAsync([Id(3)]);
        var entries = await c.SendAsync(Streams.Pending(c.Key("s"), "g", StreamRange.All, 10));
        Equal(["1-0 b 2", "2-0 b 1", "3-0 c 7"], entries.Select(Text));
    }

    private static async Task A_claim_leaves_what_is_not_idle(ConformanceContext c)
    {
        await GivenGroupAsync(c, 1);
        await c.GivenAsync(Read(c, "a"));
        await c.Expect(Streams.Claim(c.Key("s"), "g", "b", TimeSpan.FromHours(1), [Id(1)])).AnswersAsync([]);
        await c.GivenAsync(Streams.ClaimIds(c.Key("s"), "g", "a", TimeSpan.Zero, [Id(1)], new StreamClaimOptions { Idle = TimeSpan.FromHours(2) }));
        await IdsAsync(c, Streams.Claim(c.Key("s"), "g", "b", TimeSpan.FromHours(1), [Id(1)]), 1);
        await c.Expect(Streams.Pending(c.Key("s"), "g", StreamRange.All, 10)).AnswersAsync(
            entries => entries.Single() is { Idle.TotalMinutes: < 1 } entry && entry.Consumer == "b", "b's, just delivered");
    }

    private static async Task Entries_are_claimed_page_by_page(ConformanceContext c)
    {
        await GivenGroupAsync(c, 5);
        await c.GivenAsync(Read(c, "a"));
        var first = await c.SendAsync(Streams.AutoClaim(c.Key("s"), "g", "b", TimeSpan.Zero, count: 2));
        Equal([Id(1), Id(2)], first.Claimed.Select(entry => entry.Id));
        Equal(Id(3), first.Next);
        var rest = await c.SendAsync(Streams.AutoClaimIds(c.Key("s"), "g", "b", TimeSpan.Zero, first.Next, 10));
        Equal([Id(3), Id(4), Id(5)], rest.Claimed);
        Equal(StreamId.Zero, rest.Next);
        await c.Expect(Streams.AutoClaim(c.Key("s"), "g", "c", TimeSpan.FromHours(1))).AnswersAsync(
            page => page.Claimed.Count == 0 && page.Next == StreamId.Zero, "nothing");
    }

    private static async Task Deleted_entries_are_no_longer_pending_after_a_claim(ConformanceContext c)
    {
        await GivenGroupAsync(c, 3);
        await c.GivenAsync(Read(c, "a"), Streams.Delete(c.Key("s"), Id(2)));
        var page = await c.SendAsync(Streams.AutoClaim(c.Key("s"), "g", "b", TimeSpan.Zero));
        Equal([Id(1), Id(3)], page.Claimed.Select(entry => entry.Id));
        Equal([Id(2)], page.Deleted);
        await c.Expect(Streams.Pending(c.Key("s"), "g")).AnswersAsync(pending => pending.Count == 2, "two");
    }

    private static async Task A_groups_position_may_be_moved(ConformanceContext c)
    {
        await GivenGroupAsync(c, 3);
        await c.GivenAsync(Streams.ReadGroup(c.Key("s"), "g", "a", noAck: true));
        await c.Expect(Streams.SetGroupPosition(c.Key("s"), "g", Id(1))).AnswersAsync(true);
        await IdsAsync(c, Read(c, "a"), 2, 3);
        await c.Expect(Streams.SetGroupPosition(c.Key("s"), "g")).AnswersAsync(true);
        await IdsAsync(c, Read(c, "a"));
    }

    private static async Task Consumers_and_groups_are_removed(ConformanceContext c)
    {
        await GivenGroupAsync(c, 3);
        await c.GivenAsync(Read(c, "a", 2));
        await c.Expect(Streams.CreateConsumer(c.Key("s"), "g", "b")).AnswersAsync(true);
        await c.Expect(Streams.CreateConsumer(c.Key("s"), "g", "b")).AnswersAsync(false);
        await c.Expect(Streams.DeleteConsumer(c.Key("s"), "g", "a")).AnswersAsync(2);
        await c.Expect(Streams.DeleteConsumer(c.Key("s"), "g", "a")).AnswersAsync(0);
        await c.Expect(Streams.Pending(c.Key("s"), "g")).AnswersAsync(pending => pending.Count == 0, "nothing");
        await c.Expect(Streams.DestroyGroup(c.Key("s"), "g")).AnswersAsync(true);
        await c.Expect(Streams.DestroyGroup(c.Key("s"), "g")).AnswersAsync(false);
        await c.Expect(Read(c, "a")).FailsAsync<NoSuchGroupException>();
    }

    private static async Task Groups_and_consumers_are_told(ConformanceContext c)
    {
        await GivenGroupAsync(c, 3);
        await c.GivenAsync(Read(c, "a", 2));
        var group = (await c.SendAsync(Streams.Groups(c.Key("s")))).Single();
        Equal("g", group.Name);
        Equal(1, group.ConsumerCount);
        Equal(2, group.PendingCount);
        Equal(Id(2), group.LastDeliveredId);
        Equal(2, group.EntriesRead);
        Equal(1, group.Lag);
        var consumer = (await c.SendAsync(Streams.Consumers(c.Key("s"), "g"))).Single();
        Equal("a", consumer.Name);
        Equal(2, consumer.PendingCount);
        True(consumer.Idle < TimeSpan.FromMinutes(1));
    }

    private static async Task What_is_absent_fails(ConformanceContext c)
    {
        await c.Expect(Streams.Groups(c.Key("none"))).FailsAsync<NoSuchKeyException>();
        await c.Expect(Streams.Consumers(c.Key("none"), "g")).FailsAsync<NoSuchKeyException>();
        await c.Expect(Streams.ReadGroup(c.Key("none"), "g", "a")).FailsAsync<NoSuchGroupException>();
        await c.Expect(Streams.DestroyGroup(c.Key("none"), "g")).FailsAsync<NoSuchKeyException>();
        await c.GivenAsync(Add(c, 1));
        await c.Expect(Streams.Pending(c.Key("s"), "g")).FailsAsync<NoSuchGroupException>();
        await c.Expect(Streams.Consumers(c.Key("s"), "g")).FailsAsync<NoSuchGroupException>();
        await c.Expect(Streams.CreateConsumer(c.Key("s"), "g", "a")).FailsAsync<NoSuchGroupException>();
        await c.Expect(Streams.DeleteConsumer(c.Key("s"), "g", "a")).FailsAsync<NoSuchGroupException>();
        await c.Expect(Streams.SetGroupPosition(c.Key("s"), "g")).FailsAsync<NoSuchGroupException>();
        await c.Expect(Streams.Claim(c.Key("s"), "g", "a", TimeSpan.Zero, [Id(1)])).FailsAsync<NoSuchGroupException>();
        await c.Expect(Streams.AutoClaim(c.Key("s"), "g", "a", TimeSpan.Zero)).FailsAsync<NoSuchGroupException>();
    }

    private static StreamId Id(int milliseconds) => new((ulong)milliseconds, 0);

    private static StoreCommand<StreamId?> Add(ConformanceContext c, int id) => Streams.Add(c.Key("s"), Id(id), [new("f", id)]);

    private static StoreCommand<StreamEntry[]> Read(ConformanceContext c, string consumer, long? count = null) =>
        Streams.ReadGroup(c.Key("s"), "g", consumer, count);

    private static async Task GivenGroupAsync(ConformanceContext c, int entries)
    {
        await c.GivenAsync([.. Enumerable.Range(1, entries).Select(i => Add(c, i))]);
        await c.GivenAsync(Streams.CreateGroup(c.Key("s"), "g", StreamId.Zero));
    }

    private static async Task IdsAsync(ConformanceContext c, StoreCommand<StreamEntry[]> command, params int[] expected) =>
        Equal(expected.Select(Id), (await c.SendAsync(command)).Select(entry => entry.Id), c.Describe(command));

    private static string Text(PendingEntry entry) => $"{entry.Id} {entry.Consumer} {entry.DeliveryCount}";
}
