using RedisPatterns.Commands;

namespace RedisPatterns.Tests.Commands;

public sealed class HashesTests
{
    [Fact]
    public void Reads_name_the_key_and_fields()
    {
        Wire.Is("HGET @k f", Hashes.Get("k", "f"));
        Wire.Is("HMGET @k f g", Hashes.GetMany("k", "f", "g"));
        Wire.Is("HGETALL @k", Hashes.GetAll("k"));
        Wire.Is("HEXISTS @k f", Hashes.Exists("k", "f"));
        Wire.Is("HKEYS @k", Hashes.Fields("k"));
        Wire.Is("HVALS @k", Hashes.Values("k"));
        Wire.Is("HLEN @k", Hashes.Length("k"));
        Wire.Is("HSTRLEN @k f", Hashes.ValueLength("k", "f"));
        Wire.Is("HRANDFIELD @k", Hashes.RandomField("k"));
        Wire.Is("HRANDFIELD @k -3", Hashes.RandomFields("k", -3));
        Wire.Is("HRANDFIELD @k 3 WITHVALUES", Hashes.RandomEntries("k", 3));
        Wire.Is("HSCAN @k 0", Hashes.Scan("k"));
        Wire.Is("HSCAN @k 5 MATCH f* COUNT 100", Hashes.Scan("k", 5, "f*", 100));
    }

    [Fact]
    public void Writes_name_the_key_fields_and_values()
    {
        Wire.Is("HSET @k f v", Hashes.Set("k", "f", "v"));
        Wire.Is("HSET @k f 1 g 2.5", Hashes.Set("k", new HashEntry("f", 1), new HashEntry("g", 2.5)));
        Wire.Is("HSETNX @k f v", Hashes.SetIfAbsent("k", "f", "v"));
        Wire.Is("HDEL @k f", Hashes.Delete("k", "f"));
        Wire.Is("HDEL @k f g", Hashes.Delete("k", "f", "g"));
        Wire.Is("HINCRBY @k f 1", Hashes.Increment("k", "f"));
        Wire.Is("HINCRBY @k f -5", Hashes.Increment("k", "f", -5));
        Wire.Is("HINCRBYFLOAT @k f 0.5", Hashes.IncrementFloat("k", "f", 0.5));
    }

    [Fact]
    public void Field_expiry_sends_the_condition_and_the_number_of_fields()
    {
        var moment = DateTimeOffset.FromUnixTimeMilliseconds(1_700_000_000_123);
        Wire.Is("HPEXPIRE @k 1500 FIELDS 2 f g", Hashes.Expire("k", TimeSpan.FromSeconds(1.5), ["f", "g"]));
        Wire.Is("HPEXPIRE @k 1500 NX FIELDS 1 f", Hashes.Expire("k", TimeSpan.FromSeconds(1.5), ["f"], ExpireWhen.NoExpiry));
        Wire.Is("HPEXPIREAT @k 1700000000123 FIELDS 1 f", Hashes.ExpireAt("k", moment, ["f"]));
        Wire.Is("HPEXPIREAT @k 1700000000123 LT FIELDS 1 f", Hashes.ExpireAt("k", moment, ["f"], ExpireWhen.Sooner));
        Wire.Is("HPTTL @k FIELDS 2 f g", Hashes.TimeToLive("k", "f", "g"));
        Wire.Is("HPEXPIRETIME @k FIELDS 1 f", Hashes.ExpireTime("k", "f"));
        Wire.Is("HPERSIST @k FIELDS 1 f", Hashes.Persist("k", "f"));
    }

    [Fact]
    public void Bad_input_is_refused()
    {
        Assert.Throws<ArgumentException>(() => Hashes.GetMany("k"));
        Assert.Throws<ArgumentException>(() => Hashes.Set("k"));
        Assert.Throws<ArgumentException>(() => Hashes.Delete("k"));
        Assert.Throws<ArgumentException>(() => Hashes.Set("k", "f", StoreValue.Null));
        Assert.Throws<ArgumentException>(() => Hashes.Set("k", new HashEntry("f", StoreValue.Null)));
        Assert.Throws<ArgumentException>(() => Hashes.Get("k", StoreValue.Null));
        Assert.Throws<ArgumentException>(() => Hashes.Get(default, "f"));
        Assert.Throws<ArgumentOutOfRangeException>(() => Hashes.IncrementFloat("k", "f", double.NaN));
        Assert.Throws<ArgumentOutOfRangeException>(() => Hashes.IncrementFloat("k", "f", double.PositiveInfinity));
        Assert.Throws<ArgumentOutOfRangeException>(() => Hashes.Scan("k", count: 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => Hashes.Expire("k", TimeSpan.Zero, ["f"]));
        Assert.Throws<ArgumentOutOfRangeException>(() => Hashes.ExpireAt("k", DateTimeOffset.UnixEpoch, ["f"]));
        Assert.Throws<ArgumentException>(() => Hashes.Expire("k", TimeSpan.FromSeconds(1), []));
        Assert.Throws<ArgumentException>(() => Hashes.TimeToLive("k"));
        Assert.Throws<ArgumentException>(() => Hashes.Persist("k"));
    }

    [Fact]
    public void Entries_are_read_flat_or_nested()
    {
        HashEntry[] expected = [new("f", "1"), new("g", "2")];
        Assert.Equal(expected, Hashes.GetAll("k").Read(Wire.List("f", "1", "g", "2")));
        Assert.Equal(expected, Hashes.RandomEntries("k", 2).Read(StoreReply.Array(Wire.List("f", "1"), Wire.List("g", "2"))));
        Assert.Equal(expected, Hashes.Scan("k").Read(StoreReply.Array(StoreReply.FromValue("0"), Wire.List("f", "1", "g", "2"))).Items);
        Assert.Throws<UnexpectedReplyException>(() => Hashes.GetAll("k").Read(Wire.List("f")));
    }

    [Fact]
    public void Field_expiry_answers_for_each_field()
    {
        Assert.Equal(
            [FieldExpireResult.NoSuchField, FieldExpireResult.ConditionNotMet, FieldExpireResult.Set, FieldExpireResult.Deleted],
            Hashes.Expire("k", TimeSpan.FromSeconds(1), ["a", "b", "c", "d"]).Read(Wire.Integers(-2, 0, 1, 2)));
        Assert.Equal(
            [FieldPersistResult.NoSuchField, FieldPersistResult.NoExpiry, FieldPersistResult.Persisted],
            Hashes.Persist("k", "a", "b", "c").Read(Wire.Integers(-2, -1, 1)));
        Assert.Equal(
            [default, new(true, null), new(true, TimeSpan.FromSeconds(1))],
            Hashes.TimeToLive("k", "a", "b", "c").Read(Wire.Integers(-2, -1, 1000)));
        Assert.Equal(
            [default, new(true, null), new(true, DateTimeOffset.FromUnixTimeMilliseconds(1000))],
            Hashes.ExpireTime("k", "a", "b", "c").Read(Wire.Integers(-2, -1, 1000)));
    }

    [Fact]
    public void Sum_replies_tell_where_their_repeated_arguments_begin()
    {
        Assert.Equal((1, 2), (CommandTable.HSet.RepeatFrom, CommandTable.HSet.RepeatStep));
        Assert.Equal((1, 1), (CommandTable.HDel.RepeatFrom, CommandTable.HDel.RepeatStep));
        Assert.Equal(-1, CommandTable.HMGet.RepeatFrom);
    }
}
