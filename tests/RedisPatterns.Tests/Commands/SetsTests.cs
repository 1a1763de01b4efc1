using RedisPatterns.Commands;

namespace RedisPatterns.Tests.Commands;

public sealed class SetsTests
{
    [Fact]
    public void Commands_on_one_set_name_the_key_and_members()
    {
        Wire.Is("SADD @k m", Sets.Add("k", "m"));
        Wire.Is("SADD @k m 2", Sets.Add("k", "m", 2));
        Wire.Is("SREM @k m", Sets.Remove("k", "m"));
        Wire.Is("SREM @k m n", Sets.Remove("k", "m", "n"));
        Wire.Is("SMEMBERS @k", Sets.Members("k"));
        Wire.Is("SISMEMBER @k m", Sets.Contains("k", "m"));
        Wire.Is("SMISMEMBER @k m n", Sets.ContainsMany("k", "m", "n"));
        Wire.Is("SCARD @k", Sets.Length("k"));
        Wire.Is("SPOP @k", Sets.Pop("k"));
        Wire.Is("SPOP @k 2", Sets.Pop("k", 2));
        Wire.Is("SRANDMEMBER @k", Sets.RandomMember("k"));
        Wire.Is("SRANDMEMBER @k -2", Sets.RandomMembers("k", -2));
        Wire.Is("SSCAN @k 0", Sets.Scan("k"));
        Wire.Is("SSCAN @k 5 MATCH m* COUNT 100", Sets.Scan("k", 5, "m*", 100));
    }

    [Fact]
    public void Commands_on_several_sets_name_every_key()
    {
        Wire.Is("SMOVE @a @b m", Sets.Move("a", "b", "m"));
        Wire.Is("SINTER @a @b", Sets.Intersect("a", "b"));
        Wire.Is("SUNION @a @b", Sets.Union("a", "b"));
        Wire.Is("SDIFF @a @b", Sets.Difference("a", "b"));
        Wire.Is("SINTERCARD 2 @a @b", Sets.IntersectLength(["a", "b"]));
        Wire.Is("SINTERCARD 2 @a @b LIMIT 10", Sets.IntersectLength(["a", "b"], 10));
        Wire.Is("SINTERSTORE @d @a @b", Sets.IntersectStore("d", "a", "b"));
        Wire.Is("SUNIONSTORE @d @a @b", Sets.UnionStore("d", "a", "b"));
        Wire.Is("SDIFFSTORE @d @a @b", Sets.DifferenceStore("d", "a", "b"));
    }

    [Fact]
    public void Bad_input_is_refused()
    {
        Assert.Throws<ArgumentException>(() => Sets.Add("k"));
        Assert.Throws<ArgumentException>(() => Sets.Remove("k"));
        Assert.Throws<ArgumentException>(() => Sets.ContainsMany("k"));
        Assert.Throws<ArgumentException>(() => Sets.Add("k", StoreValue.Null));
        Assert.Throws<ArgumentException>(() => Sets.Add("k", "m", StoreValue.Null));
        Assert.Throws<ArgumentException>(() => Sets.Members(default));
        Assert.Throws<ArgumentOutOfRangeException>(() => Sets.Pop("k", -1));
        Assert.Throws<ArgumentOutOfRangeException>(() => Sets.Scan("k", count: -1));
        Assert.Throws<ArgumentException>(() => Sets.Intersect());
        Assert.Throws<ArgumentException>(() => Sets.Union());
        Assert.Throws<ArgumentException>(() => Sets.Difference());
        Assert.Throws<ArgumentException>(() => Sets.IntersectLength([]));
        Assert.Throws<ArgumentOutOfRangeException>(() => Sets.IntersectLength(["a"], -1));
        Assert.Throws<ArgumentException>(() => Sets.IntersectStore("d"));
        Assert.Throws<ArgumentException>(() => Sets.UnionStore("d"));
        Assert.Throws<ArgumentException>(() => Sets.DifferenceStore("d"));
    }

    [Fact]
    public void Replies_are_typed()
    {
        Assert.True(Sets.Add("k", "m").Read(StoreReply.Integer(1)));
        Assert.Equal([true, false], Sets.ContainsMany("k", "m", "n").Read(Wire.Integers(1, 0)));
        Assert.True(Sets.Pop("k").Read(StoreReply.Null).IsNull);
        Assert.Empty(Sets.Pop("k", 3).Read(Wire.List()));
        Assert.Equal(["m"], Sets.Scan("k").Read(StoreReply.Array(StoreReply.FromValue("0"), Wire.List("m"))).Items);
    }

    [Fact]
    public void A_stored_result_may_replace_anything()
    {
        Assert.Equal(DataType.None, CommandTable.SInterStore.KeyType);
        Assert.Equal(DataType.Set, CommandTable.SInter.KeyType);
    }
}
