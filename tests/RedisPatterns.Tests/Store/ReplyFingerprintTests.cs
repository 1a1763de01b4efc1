namespace RedisPatterns.Tests.Store;

/// <summary>The form in which replies are compared: the same for both protocols, different for everything else.</summary>
public sealed class ReplyFingerprintTests
{
    [Fact]
    public void A_short_reply_is_in_the_protocols_own_form()
    {
        var reply = StoreReply.Array(StoreReply.Integer(-3), StoreReply.Null, StoreReply.FromValue("ab"), StoreReply.Ok);

        var fingerprint = ReplyFingerprint.Of(reply);

        Assert.Equal("*4\r\n:-3\r\n$-1\r\n$2\r\nab\r\n+OK\r\n", fingerprint.Text.AsText());
        Assert.True(fingerprint.Doubles.IsNull);
    }

    [Fact]
    public void A_long_reply_is_its_digest()
    {
        var fingerprint = ReplyFingerprint.Of(StoreReply.FromValue(new string('x', 100)));

        Assert.Equal(40, fingerprint.Text.GetByteCount());
        Assert.NotEqual(fingerprint, ReplyFingerprint.Of(StoreReply.FromValue(new string('x', 101))));
    }

    [Theory]
    [InlineData(3, "3")]
    [InlineData(0.1, "0.10000000000000001")]
    [InlineData(-0.0, "-0")]
    [InlineData(1e16, "10000000000000000")]
    [InlineData(1e17, "1e+17")]
    [InlineData(2.5e-7, "2.4999999999999999e-07")]
    [InlineData(0.0001, "0.0001")]
    [InlineData(0.00001, "1.0000000000000001e-05")]
    [InlineData(double.PositiveInfinity, "inf")]
    [InlineData(double.NegativeInfinity, "-inf")]
    [InlineData(double.MaxValue, "1.7976931348623157e+308")]
    [InlineData(double.Epsilon, "4.9406564584124654e-324")]
    public void Doubles_are_written_as_C_writes_them(double number, string text)
    {
        var fingerprint = ReplyFingerprint.Of(StoreReply.FromValue(number));

        Assert.Equal($"${text.Length}\r\n{text}\r\n", fingerprint.Text.AsText());
        Assert.Equal(",1,", fingerprint.Doubles.AsText());
    }

    [Fact]
    public void Pairs_of_RESP3_are_the_flat_list_of_RESP2()
    {
        var pairs = StoreReply.Array(Pair("a", 1.5), Pair("b", 2));
        var flat = StoreReply.Array(StoreReply.FromValue("a"), StoreReply.FromValue(1.5), StoreReply.FromValue("b"), StoreReply.FromValue(2.0));

        Assert.Equal(ReplyFingerprint.Of(flat), ReplyFingerprint.Of(pairs));
        Assert.Equal(",2,4,", ReplyFingerprint.Of(pairs).Doubles.AsText());
    }

    [Fact]
    public void Replies_that_look_alike_differ()
    {
        StoreReply[] replies =
        [
            StoreReply.Null, StoreReply.FromValue(""), StoreReply.FromValue("0"), StoreReply.Integer(0), StoreReply.Status("0"), StoreReply.Array(),
            StoreReply.Array(StoreReply.Null), StoreReply.Array(StoreReply.Array()), StoreReply.FromValue("a"),
            StoreReply.Array(StoreReply.FromValue("a"), StoreReply.Array(StoreReply.FromValue("b"))),
            StoreReply.Array(StoreReply.Array(StoreReply.FromValue("a")), StoreReply.FromValue("b")),
        ];

        Assert.Equal(replies.Length, replies.Select(reply => ReplyFingerprint.Of(reply).Text.AsText()).Distinct().Count());
    }

    [Fact]
    public void What_a_script_would_not_keep_is_refused()
    {
        Assert.Throws<ArgumentException>(() => ReplyFingerprint.Of(StoreReply.Integer(1L << 53)));
        Assert.Throws<ArgumentException>(() => ReplyFingerprint.Of(StoreReply.Array(StoreReply.Integer(-(1L << 53)))));
        Assert.Throws<ArgumentException>(() => ReplyFingerprint.Of(StoreReply.FromError(new StoreException("ERR"))));
        Assert.Equal(":9007199254740991\r\n", ReplyFingerprint.Of(StoreReply.Integer((1L << 53) - 1)).Text.AsText());
    }

    private static StoreReply Pair(string member, double score) => StoreReply.Array(StoreReply.FromValue(member), StoreReply.FromValue(score));
}
