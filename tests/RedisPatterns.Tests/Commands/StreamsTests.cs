using RedisPatterns.Commands;

namespace RedisPatterns.Tests.Commands;

public sealed class StreamsTests
{
    private static readonly StoreKey K = "k";
    private static readonly StreamId Id = new(5, 1);
    private static readonly KeyValuePair<StoreValue, StoreValue> Field = new("f", "v");

    public static TheoryData<string, StoreCommand> Forms => new()
    {
        { "XADD @k * f v", Streams.Add(K, Field) },
        { "XADD @k * f v f v", Streams.Add(K, Field, Field) },
        { "XADD @k 5-1 f v", Streams.Add(K, Id, [Field]) },
        { "XADD @k 7-* f v", Streams.Add(K, StreamNewId.At(7), [Field]) },
        { "XADD @k NOMKSTREAM MAXLEN = 10 * f v", Streams.Add(K, StreamNewId.Auto, [Field], StreamTrim.MaxLength(10), onlyIfExists: true) },
        { "XADD @k MINID ~ 5-1 LIMIT 3 * f v", Streams.Add(K, default, [Field], StreamTrim.MinId(Id).Approximately(3)) },
        { "XTRIM @k MAXLEN ~ 10", Streams.Trim(K, StreamTrim.MaxLength(10).Approximately()) },
        { "XTRIM @k MAXLEN ~ 10 LIMIT 0", Streams.Trim(K, StreamTrim.MaxLength(10).Approximately(0)) },
        { "XTRIM @k MINID = 5-1", Streams.Trim(K, StreamTrim.MinId(Id)) },
        { "XDEL @k 5-1 6-0", Streams.Delete(K, Id, new StreamId(6, 0)) },
        { "XLEN @k", Streams.Length(K) },
        { "XRANGE @k - +", Streams.Range(K, StreamRange.All) },
        { "XRANGE @k (5-1 + COUNT 2", Streams.Range(K, StreamRange.After(Id), count: 2) },
        { "XRANGE @k 5-1 5-1", Streams.Range(K, StreamRange.Exactly(Id)) },
        { "XREVRANGE @k (5-1 -", Streams.Range(K, StreamRange.Before(Id), Order.Descending) },
        { "XREVRANGE @k + 5-1 COUNT 1", Streams.Range(K, StreamRange.From(Id), Order.Descending, 1) },
        { "XREAD STREAMS @k 0-0", Streams.Read(K, StreamId.Zero) },
        { "XREAD COUNT 3 STREAMS @k @l 5-1 0-0", Streams.Read(3, StreamPosition.Behind(K, Id), StreamPosition.Behind("l", default)) },
        { "XSETID @k 5-1", Streams.SetLastId(K, Id) },
        { "XSETID @k 5-1 ENTRIESADDED 4 MAXDELETEDID 1-0", Streams.SetLastId(K, Id, 4, new StreamId(1, 0)) },
        { "XINFO STREAM @k", Streams.Info(K) },
        { "XINFO GROUPS @k", Streams.Groups(K) },
        { "XINFO CONSUMERS @k g", Streams.Consumers(K, "g") },
        { "XGROUP CREATE @k g $", Streams.CreateGroup(K, "g") },
        { "XGROUP CREATE @k g 5-1 MKSTREAM ENTRIESREAD 2", Streams.CreateGroup(K, "g", Id, makeStream: true, entriesRead: 2) },
        { "XGROUP SETID @k g 0-0 ENTRIESREAD 0", Streams.SetGroupPosition(K, "g", StreamId.Zero, 0) },
        { "XGROUP DESTROY @k g", Streams.DestroyGroup(K, "g") },
        { "XGROUP CREATECONSUMER @k g c", Streams.CreateConsumer(K, "g", "c") },
        { "XGROUP DELCONSUMER @k g c", Streams.DeleteConsumer(K, "g", "c") },
        { "XREADGROUP GROUP g c STREAMS @k >", Streams.ReadGroup(K, "g", "c") },
        { "XREADGROUP GROUP g c COUNT 9 NOACK STREAMS @k >", Streams.ReadGroup(K, "g", "c", 9, noAck: true) },
        { "XREADGROUP GROUP g c STREAMS @k @l > 5-1", Streams.ReadGroup("g", "c", null, false, StreamPosition.Undelivered(K), StreamPosition.Behind("l", Id)) },
        { "XACK @k g 5-1", Streams.Acknowledge(K, "g", Id) },
        { "XPENDING @k g", Streams.Pending(K, "g") },
        { "XPENDING @k g - + 10", Streams.Pending(K, "g", StreamRange.All, 10) },
        { "XPENDING @k g IDLE 1500 (5-1 + 10 c", Streams.Pending(K, "g", StreamRange.After(Id), 10, "c", TimeSpan.FromSeconds(1.5)) },
        { "XCLAIM @k g c 1000 5-1", Streams.Claim(K, "g", "c", TimeSpan.FromSeconds(1), [Id]) },
        { "XCLAIM @k g c 0 5-1 IDLE 2 RETRYCOUNT 3 FORCE LASTID 9-0 JUSTID", Streams.ClaimIds(K, "g", "c", default, [Id], AllOptions) },
        { "XCLAIM @k g c 0 5-1 TIME 1000", Streams.Claim(K, "g", "c", default, [Id], new() { DeliveredAt = DateTimeOffset.FromUnixTimeSeconds(1) }) },
        { "XAUTOCLAIM @k g c 60000 0-0", Streams.AutoClaim(K, "g", "c", TimeSpan.FromMinutes(1)) },
        { "XAUTOCLAIM @k g c 0 5-1 COUNT 7 JUSTID", Streams.AutoClaimIds(K, "g", "c", default, Id, 7) },
    };

    private static StreamClaimOptions AllOptions => new() { Idle = TimeSpan.FromMilliseconds(2), DeliveryCount = 3, Force = true, LastId = new StreamId(9, 0) };

    [Theory]
    [MemberData(nameof(Forms), DisableDiscoveryEnumeration = true)]
    public void Commands_have_the_form_that_the_server_expects(string expected, StoreCommand command) => Wire.Is(expected, command);

    [Fact]
    public void What_names_nothing_is_refused()
    {
        Assert.Throws<ArgumentException>(() => Streams.Add(K));
        Assert.Throws<ArgumentException>(() => Streams.Delete(K));
        Assert.Throws<ArgumentException>(() => Streams.Acknowledge(K, "g"));
        Assert.Throws<ArgumentException>(() => Streams.Claim(K, "g", "c", default, []));
        Assert.Throws<ArgumentException>(() => Streams.Read(null, []));
        Assert.Throws<ArgumentException>(() => Streams.Trim(K, default));
        Assert.Throws<ArgumentException>(() => Streams.CreateGroup(K, StoreValue.Null));
        Assert.Throws<ArgumentException>(() => Streams.ReadGroup(K, "g", StoreValue.Null));
    }

    [Fact]
    public void Numbers_out_of_range_are_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => StreamNewId.Given(StreamId.Zero));
        Assert.Throws<ArgumentOutOfRangeException>(() => StreamTrim.MaxLength(-1));
        Assert.Throws<ArgumentOutOfRangeException>(() => StreamTrim.MaxLength(1).Approximately(-1));
        Assert.Throws<ArgumentOutOfRangeException>(() => StreamRange.After(StreamId.MaxValue));
        Assert.Throws<ArgumentOutOfRangeException>(() => StreamRange.Before(StreamId.Zero));
        Assert.Throws<ArgumentOutOfRangeException>(() => Streams.Range(K, StreamRange.All, count: 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => Streams.Pending(K, "g", StreamRange.All, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => Streams.AutoClaim(K, "g", "c", TimeSpan.FromSeconds(-1)));
        Assert.Throws<ArgumentOutOfRangeException>(() => Streams.CreateGroup(K, "g", entriesRead: -1));
        Assert.Throws<ArgumentOutOfRangeException>(() => Streams.SetLastId(K, Id, -1));
    }

    [Fact]
    public void Contradictions_are_refused()
    {
        Assert.Throws<ArgumentException>(() => Streams.Read(null, StreamPosition.Undelivered(K)));
        var both = new StreamClaimOptions { Idle = TimeSpan.Zero, DeliveredAt = DateTimeOffset.UnixEpoch };
        Assert.Throws<ArgumentException>(() => Streams.Claim(K, "g", "c", default, [Id], both));
        Assert.Throws<ArgumentException>(() => Streams.Claim(K, "g", "c", default, [Id], new() { DeliveryCount = -1 }));
    }

    [Theory]
    [InlineData("5-1", 5UL, 1UL)]
    [InlineData("5", 5UL, 0UL)]
    [InlineData("18446744073709551615-18446744073709551615", ulong.MaxValue, ulong.MaxValue)]
    public void Ids_are_read(string text, ulong milliseconds, ulong sequence) => Assert.Equal(new StreamId(milliseconds, sequence), StreamId.Parse(text));

    [Theory]
    [InlineData("")]
    [InlineData("-")]
    [InlineData("5-")]
    [InlineData("-1")]
    [InlineData("5-1-1")]
    [InlineData(" 5-1")]
    [InlineData("18446744073709551616-0")]
    public void What_is_no_id_is_refused(string text) => Assert.Throws<FormatException>(() => StreamId.Parse(text));

    [Fact]
    public void Ids_are_ordered_by_milliseconds_and_then_by_sequence()
    {
        Assert.True(new StreamId(1, 9) < new StreamId(2, 0));
        Assert.True(new StreamId(2, 1) > new StreamId(2, 0));
        Assert.True(StreamId.Zero <= default(StreamId));
        Assert.True(StreamId.MaxValue >= Id);
    }

    [Fact]
    public void Entries_are_read_from_one_or_several_streams()
    {
        var entry = StoreReply.Array(Text("5-1"), StoreReply.Array(Text("f"), Text("v"), Text("g"), Text("w")));
        var nested = StoreReply.Array(StoreReply.Array(Text("k"), StoreReply.Array(entry)));
        var flat = StoreReply.Array(Text("k"), StoreReply.Array(entry));
        foreach (var reply in new[] { nested, flat })
        {
            var stream = Assert.Single(Streams.Read(null, StreamPosition.Behind(K, default)).Reader(reply));
            Assert.Equal(K, stream.Key);
            var read = Assert.Single(stream.Entries);
            Assert.Equal(Id, read.Id);
            Assert.Equal("w", read["g"]);
            Assert.True(read["h"].IsNull);
            Assert.False(read.IsDeleted);
            Assert.Equal(Id, Assert.Single(Streams.Read(K, default).Reader(reply)).Id);
        }

        Assert.Empty(Streams.Read(K, default).Reader(StoreReply.Null));
    }

    [Fact]
    public void A_pending_entry_that_was_deleted_has_no_fields()
    {
        var reply = StoreReply.Array(Text("k"), StoreReply.Array(StoreReply.Array(Text("5-1"), StoreReply.Null)));
        Assert.True(Assert.Single(Streams.ReadGroup(K, "g", "c").Reader(reply)).IsDeleted);
    }

    [Fact]
    public void The_state_of_a_group_is_read_by_names()
    {
        var reply = StoreReply.Array(StoreReply.Array(
            Text("name"), Text("g"), Text("consumers"), StoreReply.Integer(1), Text("pending"), StoreReply.Integer(2),
            Text("last-delivered-id"), Text("5-1"), Text("entries-read"), StoreReply.Null, Text("lag"), StoreReply.Integer(3)));
        Assert.Equal(new StreamGroupInfo("g", 1, 2, Id, null, 3), Assert.Single(Streams.Groups(K).Reader(reply)));
    }

    private static StoreReply Text(StoreValue value) => StoreReply.FromValue(value);
}
