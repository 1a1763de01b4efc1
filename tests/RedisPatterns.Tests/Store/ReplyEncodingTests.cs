using System.Text;

namespace RedisPatterns.Tests.Store;

public sealed class ReplyEncodingTests
{
    [Fact]
    public void A_batchs_replies_have_the_protocols_own_form()
    {
        var replies = StoreReply.Array(
            StoreReply.Integer(1),
            StoreReply.FromValue("abc"),
            StoreReply.FromValue(""),
            StoreReply.Null,
            StoreReply.Ok,
            StoreReply.FromValue(1.5),
            StoreReply.Array(StoreReply.Integer(-9223372036854775808), StoreReply.Array()));

        var text = Encoding.UTF8.GetString(ReplyEncoding.Encode(replies));

        Assert.Equal("*7\r\n:1\r\n$3\r\nabc\r\n$0\r\n\r\n$-1\r\n+OK\r\n$3\r\n1.5\r\n*2\r\n:-9223372036854775808\r\n*0\r\n", text);
    }

    [Fact]
    public void What_is_decoded_encodes_to_the_same_bytes()
    {
        var bytes = "*4\r\n$5\r\na\r\nbc\r\n*1\r\n:7\r\n$-1\r\n+QUEUED\r\n"u8.ToArray();

        var reply = ReplyEncoding.Decode(bytes);

        Assert.Equal("a\r\nbc", reply.Items[0].Value.AsText());
        Assert.Equal(7, reply.Items[1].Items[0].Value.AsInt64());
        Assert.Equal(StoreReplyKind.Null, reply.Items[2].Kind);
        Assert.Equal(StoreReplyKind.Status, reply.Items[3].Kind);
        Assert.Equal(bytes, ReplyEncoding.Encode(reply));
    }

    [Theory]
    [InlineData("")]
    [InlineData(":")]
    [InlineData(":1")]
    [InlineData(":x\r\n")]
    [InlineData("!1\r\n")]
    [InlineData("$3\r\nab\r\n")]
    [InlineData("$3\r\nabcd\r\n")]
    [InlineData("*2\r\n:1\r\n")]
    [InlineData("*1000000000\r\n:1\r\n")]
    [InlineData(":1\r\n:2\r\n")]
    public void Bytes_that_are_no_reply_are_refused(string text) =>
        Assert.Throws<UnexpectedReplyException>(() => ReplyEncoding.Decode(Encoding.UTF8.GetBytes(text)));

    [Fact]
    public void An_error_has_no_encoding() =>
        Assert.Throws<ArgumentException>(() => ReplyEncoding.Encode(StoreReply.FromError(new WrongTypeException())));
}
