using RedisPatterns.Commands;

namespace RedisPatterns.Tests.Commands;

public sealed class ListsTests
{
    [Fact]
    public void Pushes_and_pops_name_the_key_and_elements()
    {
        Wire.Is("LPUSH @k a", Lists.LeftPush("k", "a"));
        Wire.Is("LPUSH @k a b", Lists.LeftPush("k", "a", "b"));
        Wire.Is("RPUSH @k a b", Lists.RightPush("k", "a", "b"));
        Wire.Is("LPUSHX @k a", Lists.LeftPushIfExists("k", "a"));
        Wire.Is("RPUSHX @k a b", Lists.RightPushIfExists("k", "a", "b"));
        Wire.Is("LPOP @k", Lists.LeftPop("k"));
        Wire.Is("LPOP @k 2", Lists.LeftPop("k", 2));
        Wire.Is("RPOP @k", Lists.RightPop("k"));
        Wire.Is("RPOP @k 0", Lists.RightPop("k", 0));
        Wire.Is("LMPOP 2 @a @b LEFT", Lists.PopFirst(["a", "b"], ListSide.Left));
        Wire.Is("LMPOP 1 @a RIGHT COUNT 3", Lists.PopFirst(["a"], ListSide.Right, 3));
        Wire.Is("LMOVE @a @b LEFT RIGHT", Lists.Move("a", "b", ListSide.Left, ListSide.Right));
    }

    [Fact]
    public void Reads_and_changes_name_the_key_and_positions()
    {
        Wire.Is("LRANGE @k 0 -1", Lists.Range("k"));
        Wire.Is("LRANGE @k 2 5", Lists.Range("k", 2, 5));
        Wire.Is("LINDEX @k -1", Lists.Get("k", -1));
        Wire.Is("LLEN @k", Lists.Length("k"));
        Wire.Is("LSET @k 0 a", Lists.Set("k", 0, "a"));
        Wire.Is("LINSERT @k BEFORE p a", Lists.InsertBefore("k", "p", "a"));
        Wire.Is("LINSERT @k AFTER p a", Lists.InsertAfter("k", "p", "a"));
        Wire.Is("LREM @k 0 a", Lists.Remove("k", "a"));
        Wire.Is("LREM @k -2 a", Lists.Remove("k", "a", -2));
        Wire.Is("LTRIM @k 0 9", Lists.Trim("k", 0, 9));
        Wire.Is("LPOS @k a", Lists.Position("k", "a"));
        Wire.Is("LPOS @k a RANK -2 MAXLEN 50", Lists.Position("k", "a", -2, 50));
        Wire.Is("LPOS @k a COUNT 0", Lists.Positions("k", "a"));
        Wire.Is("LPOS @k a RANK 2 MAXLEN 9 COUNT 3", Lists.Positions("k", "a", 3, 2, 9));
    }

    [Fact]
    public void Bad_input_is_refused()
    {
        Assert.Throws<ArgumentException>(() => Lists.LeftPush("k"));
        Assert.Throws<ArgumentException>(() => Lists.RightPush("k"));
        Assert.Throws<ArgumentException>(() => Lists.LeftPushIfExists("k"));
        Assert.Throws<ArgumentException>(() => Lists.RightPushIfExists("k"));
        Assert.Throws<ArgumentException>(() => Lists.LeftPush("k", StoreValue.Null));
        Assert.Throws<ArgumentException>(() => Lists.LeftPush("k", "a", StoreValue.Null));
        Assert.Throws<ArgumentOutOfRangeException>(() => Lists.LeftPop("k", -1));
        Assert.Throws<ArgumentOutOfRangeException>(() => Lists.RightPop("k", -1));
        Assert.Throws<ArgumentException>(() => Lists.PopFirst([], ListSide.Left));
        Assert.Throws<ArgumentOutOfRangeException>(() => Lists.PopFirst(["k"], ListSide.Left, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => Lists.PopFirst(["k"], (ListSide)7));
        Assert.Throws<ArgumentOutOfRangeException>(() => Lists.Move("a", "b", ListSide.Left, (ListSide)7));
        Assert.Throws<ArgumentOutOfRangeException>(() => Lists.Position("k", "a", 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => Lists.Position("k", "a", long.MinValue));
        Assert.Throws<ArgumentOutOfRangeException>(() => Lists.Position("k", "a", maxLength: -1));
        Assert.Throws<ArgumentOutOfRangeException>(() => Lists.Positions("k", "a", -1));
    }

    [Fact]
    public void Replies_are_typed()
    {
        var popped = Lists.PopFirst(["k"], ListSide.Left).Read(StoreReply.Array(StoreReply.FromValue("k"), Wire.List("a", "b")));
        Assert.Equal("k", popped!.Key);
        Assert.Equal(["a", "b"], popped.Elements);
        Assert.Null(Lists.PopFirst(["k"], ListSide.Left).Read(StoreReply.Null));
        Assert.Throws<UnexpectedReplyException>(() => Lists.PopFirst(["k"], ListSide.Left).Read(Wire.List("k")));
        Assert.Null(Lists.Position("k", "a").Read(StoreReply.Null));
        Assert.Equal(3, Lists.Position("k", "a").Read(StoreReply.Integer(3)));
        Assert.Equal([1, 3], Lists.Positions("k", "a").Read(Wire.Integers(1, 3)));
        Assert.Empty(Lists.LeftPop("k", 2).Read(StoreReply.Null));
    }

    [Fact]
    public void Pushes_are_not_cut_in_pieces() => Assert.Equal(-1, CommandTable.RPush.RepeatFrom);
}
