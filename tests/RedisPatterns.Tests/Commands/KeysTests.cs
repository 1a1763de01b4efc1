using RedisPatterns.Commands;

namespace RedisPatterns.Tests.Commands;

public sealed class KeysTests
{
    private static readonly DateTimeOffset Moment = DateTimeOffset.FromUnixTimeMilliseconds(1_700_000_000_123);

    [Fact]
    public void Commands_on_one_or_many_keys_name_them()
    {
        Wire.Is("EXISTS @k", Keys.Exists("k"));
        Wire.Is("EXISTS @a @b", Keys.Exists("a", "b"));
        Wire.Is("DEL @k", Keys.Delete("k"));
        Wire.Is("DEL @a @b", Keys.Delete("a", "b"));
        Wire.Is("UNLINK @k", Keys.Unlink("k"));
        Wire.Is("UNLINK @a @b", Keys.Unlink("a", "b"));
        Wire.Is("TOUCH @a @b", Keys.Touch("a", "b"));
        Wire.Is("TYPE @k", Keys.Type("k"));
        Wire.Is("PERSIST @k", Keys.Persist("k"));
        Wire.Is("PTTL @k", Keys.TimeToLive("k"));
        Wire.Is("PEXPIRETIME @k", Keys.ExpireTime("k"));
    }

    [Fact]
    public void Expire_sends_milliseconds_and_the_condition()
    {
        Wire.Is("PEXPIRE @k 1500", Keys.Expire("k", TimeSpan.FromSeconds(1.5)));
        Wire.Is("PEXPIRE @k 1 NX", Keys.Expire("k", TimeSpan.FromMilliseconds(1.9), ExpireWhen.NoExpiry));
        Wire.Is("PEXPIRE @k 1000 XX", Keys.Expire("k", TimeSpan.FromSeconds(1), ExpireWhen.HasExpiry));
        Wire.Is("PEXPIREAT @k 1700000000123", Keys.ExpireAt("k", Moment));
        Wire.Is("PEXPIREAT @k 1700000000123 GT", Keys.ExpireAt("k", Moment, ExpireWhen.Later));
        Wire.Is("PEXPIREAT @k 1700000000123 LT", Keys.ExpireAt("k", Moment, ExpireWhen.Sooner));
    }

    [Fact]
    public void Rename_and_copy_name_both_keys()
    {
        Wire.Is("RENAME @a @b", Keys.Rename("a", "b"));
        Wire.Is("RENAMENX @a @b", Keys.RenameIfAbsent("a", "b"));
        Wire.Is("COPY @a @b", Keys.Copy("a", "b"));
        Wire.Is("COPY @a @b REPLACE", Keys.Copy("a", "b", replace: true));
    }

    [Fact]
    public void Commands_on_the_whole_server_name_no_key()
    {
        Wire.Is("RANDOMKEY", Keys.Random());
        Wire.Is("DBSIZE", Keys.Count());
        Wire.Is("SCAN 0", Keys.Scan());
        Wire.Is("SCAN 18446744073709551615 MATCH a* COUNT 7 TYPE zset", Keys.Scan(ulong.MaxValue, "a*", 7, DataType.SortedSet));
        Assert.All<StoreCommand>([Keys.Random(), Keys.Count(), Keys.Scan()], command => Assert.True(command.Definition.Traits.HasFlag(CommandTraits.Keyless)));
    }

    [Fact]
    public void A_range_names_both_bounds_as_keys()
    {
        Wire.Is("KEYRANGE @{k}a @{k}b 1", Keys.Range("{k}a", "{k}b", 1));
        Wire.Is("KEYRANGE @{k}a @{k}b 100000 REV", Keys.Range("{k}a", "{k}b", 100_000, descending: true));
        Assert.False(CommandTable.KeyRange.IsWrite);
        Assert.Throws<CrossSlotException>(() => SlotCheck.ThrowIfCrossSlot([.. Keys.Range("{k}a", "{l}b", 1).Keys], "KEYRANGE"));
    }

    [Fact]
    public void A_range_reads_pairs_of_a_key_and_its_value()
    {
        var command = Keys.Range("a", "b", 2);
        Assert.Equal([new KeyEntry("a", 1), new KeyEntry(new byte[] { 0xFF }, "v")], command.Read(Wire.List("a", 1, new byte[] { 0xFF }, "v")));
        Assert.Equal([new KeyEntry("a", 1)], command.Read(StoreReply.Array(Wire.List("a", 1))));
        Assert.Empty(command.Read(StoreReply.Array()));
        Assert.Throws<UnexpectedReplyException>(() => command.Read(Wire.List("a")));
        Assert.Throws<UnexpectedReplyException>(() => command.Read(StoreReply.Integer(1)));
    }

    [Fact]
    public void A_range_is_no_read_that_a_transaction_holds() =>
        Assert.Throws<ArgumentException>(() => BatchCondition.SameReply(Keys.Range("{k}a", "{k}b", 1), StoreReply.Array()));

    [Fact]
    public void Bad_input_is_refused()
    {
        Assert.Throws<ArgumentException>(() => Keys.Delete());
        Assert.Throws<ArgumentException>(() => Keys.Exists());
        Assert.Throws<ArgumentException>(() => Keys.Unlink());
        Assert.Throws<ArgumentException>(() => Keys.Touch());
        Assert.Throws<ArgumentException>(() => Keys.Delete(default(StoreKey)));
        Assert.Throws<ArgumentOutOfRangeException>(() => Keys.Expire("k", TimeSpan.Zero));
        Assert.Throws<ArgumentOutOfRangeException>(() => Keys.Expire("k", TimeSpan.FromSeconds(-1)));
        Assert.Throws<ArgumentOutOfRangeException>(() => Keys.ExpireAt("k", DateTimeOffset.UnixEpoch));
        Assert.Throws<ArgumentOutOfRangeException>(() => Keys.Expire("k", TimeSpan.FromSeconds(1), (ExpireWhen)9));
        Assert.Throws<ArgumentOutOfRangeException>(() => Keys.Scan(count: 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => Keys.Scan(type: DataType.Other));
        Assert.Throws<ArgumentException>(() => Keys.Scan(pattern: "\uD800"));
        Assert.Throws<ArgumentOutOfRangeException>(() => Keys.Range("a", "b", 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => Keys.Range("a", "b", -1));
        Assert.Throws<ArgumentOutOfRangeException>(() => Keys.Range("a", "b", 100_001));
        Assert.Throws<ArgumentException>(() => Keys.Range(default, "b", 1));
        Assert.Throws<ArgumentException>(() => Keys.Range("a", default, 1));
    }

    [Theory]
    [InlineData(-2, false, null)]
    [InlineData(-1, true, null)]
    [InlineData(0, true, 0L)]
    [InlineData(1500, true, 1500L)]
    public void Time_to_live_tells_no_key_from_no_end(long reply, bool exists, long? milliseconds)
    {
        var time = Keys.TimeToLive("k").Read(StoreReply.Integer(reply));
        Assert.Equal(exists, time.Exists);
        Assert.Equal(milliseconds, (long?)time.Remaining?.TotalMilliseconds);
        Assert.Equal(milliseconds is not null, time.Expires);
    }

    [Fact]
    public void Times_beyond_what_dotnet_can_tell_are_its_last()
    {
        Assert.Equal(TimeSpan.MaxValue, Keys.TimeToLive("k").Read(StoreReply.Integer(long.MaxValue)).Remaining);
        Assert.Equal(DateTimeOffset.MaxValue, Keys.ExpireTime("k").Read(StoreReply.Integer(long.MaxValue)).Moment);
        Assert.Throws<UnexpectedReplyException>(() => Keys.TimeToLive("k").Read(StoreReply.Integer(-3)));
        Assert.Throws<UnexpectedReplyException>(() => Keys.ExpireTime("k").Read(StoreReply.Integer(-3)));
    }

    [Fact]
    public void Expire_time_is_a_moment()
    {
        Assert.Equal(new ExpireTime(true, Moment), Keys.ExpireTime("k").Read(StoreReply.Integer(1_700_000_000_123)));
        Assert.Equal(default, Keys.ExpireTime("k").Read(StoreReply.Integer(-2)));
        Assert.Equal(new ExpireTime(true, null), Keys.ExpireTime("k").Read(StoreReply.Integer(-1)));
    }

    [Theory]
    [InlineData("none", DataType.None)]
    [InlineData("string", DataType.String)]
    [InlineData("list", DataType.List)]
    [InlineData("set", DataType.Set)]
    [InlineData("zset", DataType.SortedSet)]
    [InlineData("hash", DataType.Hash)]
    [InlineData("stream", DataType.Stream)]
    [InlineData("ReJSON-RL", DataType.Other)]
    public void Type_is_read_by_its_name(string name, DataType type) => Assert.Equal(type, Keys.Type("k").Read(StoreReply.Status(name)));

    [Fact]
    public void A_scan_page_has_a_cursor_and_keys()
    {
        var page = Keys.Scan().Read(StoreReply.Array(StoreReply.FromValue("17"), Wire.List("a", "b")));
        Assert.Equal(17UL, page.Cursor);
        Assert.False(page.IsLast);
        Assert.Equal(["a", "b"], page.Items);
        Assert.True(Keys.Scan().Read(StoreReply.Array(StoreReply.FromValue("0"), Wire.List())).IsLast);
        Assert.Throws<UnexpectedReplyException>(() => Keys.Scan().Read(StoreReply.Array(StoreReply.FromValue("x"), Wire.List())));
        Assert.Throws<UnexpectedReplyException>(() => Keys.Scan().Read(Wire.List("0")));
    }

    [Fact]
    public void A_random_key_may_be_none()
    {
        Assert.True(Keys.Random().Read(StoreReply.Null).IsNull);
        Assert.Equal("a", Keys.Random().Read(StoreReply.FromValue("a")));
    }
}
