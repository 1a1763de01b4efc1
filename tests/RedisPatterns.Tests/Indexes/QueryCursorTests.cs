using System.Buffers.Text;
using System.Text;

namespace RedisPatterns.Tests.Indexes;

/// <summary>Cursors as text.</summary>
public sealed class QueryCursorTests
{
    [Theory]
    [InlineData("", "")]
    [InlineData("1.7976931348623157e+308", "u1")]
    [InlineData("Paris\tp50236\tu1", "u1")]
    [InlineData("\uFFFD", "😀")]
    public void A_cursor_comes_back_as_it_went(string key, string token)
    {
        var text = QueryCursor.Write(new QueryPosition(key, token), "query");
        Assert.True(Base64Url.IsValid(text));
        Assert.Equal(new QueryPosition(key, token), QueryCursor.Read(text, "query"));
        Assert.Throws<QueryCursorException>(() => QueryCursor.Read(text, "another"));
    }

    [Fact]
    public void What_is_no_cursor_is_refused()
    {
        var random = new Random(1);
        var good = QueryCursor.Write(new QueryPosition("12", "u1"), "query");
        for (var i = 0; i < 3_000; i++)
        {
            var bytes = Encoding.ASCII.GetBytes(good);
            bytes[random.Next(bytes.Length)] = (byte)random.Next(33, 127);
            var text = Encoding.ASCII.GetString(bytes)[..random.Next(bytes.Length + 1)];
            try
            {
                Assert.NotNull(QueryCursor.Read(text, "query").Key.AsText());
            }
            catch (QueryCursorException refusal)
            {
                Assert.Contains("cursor", refusal.Message, StringComparison.Ordinal);
            }
        }
    }
}
