using System.Text;
using System.Text.Json;

namespace RedisPatterns.Tests.Serialization;

public sealed class SchemaHeaderTests
{
    [Fact]
    public void A_document_begins_as_it_did_in_the_first_version()
    {
        foreach (var item in GoldenFile.Read("schema-header.json"))
        {
            var schema = item.GetProperty("schema").GetInt32();
            var document = SchemaHeader.Write(schema, item.Bytes("body")).ToArray();
            Assert.Equal(item.Text("document"), Encoding.UTF8.GetString(document));

            Assert.Equal(schema > 1, SchemaHeader.TryRead(document, out var read, out var bodyStart));
            Assert.Equal(schema, read);
            using var body = PooledBuffer.Rent();
            SchemaHeader.WriteBody(document, bodyStart, body);
            Assert.Equal(item.Text("body"), Encoding.UTF8.GetString(body.WrittenSpan));
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("{}")]
    [InlineData("{ \"$v\":2}")]
    [InlineData("{\"id\":1,\"$v\":2}")]
    [InlineData("{\"$version\":2}")]
    public void A_document_without_a_header_is_of_the_first_version(string document)
    {
        Assert.False(SchemaHeader.TryRead(Encoding.UTF8.GetBytes(document), out var schema, out var bodyStart));
        Assert.Equal((1, 0), (schema, bodyStart));
    }

    [Theory]
    [InlineData("{\"$v\":")]
    [InlineData("{\"$v\":}")]
    [InlineData("{\"$v\":2")]
    [InlineData("{\"$v\":0}")]
    [InlineData("{\"$v\":02}")]
    [InlineData("{\"$v\":-2}")]
    [InlineData("{\"$v\":2.0}")]
    [InlineData("{\"$v\":\"2\"}")]
    [InlineData("{\"$v\":1000000000}")]
    public void A_header_that_is_none_is_refused(string document) =>
        Assert.Throws<JsonException>(() => SchemaHeader.TryRead(Encoding.UTF8.GetBytes(document), out _, out _));
}
