using System.Text.Json;
using System.Text.Json.Serialization;

namespace RedisPatterns.Tests.Entities.Ids;

public sealed class UlidJsonTests
{
    private const string Example = "01ARZ3NDEKTSV4RRFFQ69G5FAV";
    private static readonly Ulid Id = Ulid.Parse(Example);

    [Fact]
    public void An_id_is_its_text()
    {
        Assert.Equal($"\"{Example}\"", JsonSerializer.Serialize(Id, UlidJsonContext.Default.Ulid));
        Assert.Equal(Id, JsonSerializer.Deserialize($"\"{Example}\"", UlidJsonContext.Default.Ulid));
        Assert.Equal(Id, JsonSerializer.Deserialize($"\"{Example.ToLowerInvariant()}\"", UlidJsonContext.Default.Ulid));
    }

    [Fact]
    public void Escapes_are_read()
    {
        var escaped = string.Concat(Example.Select(c => $"\\u{(int)c:x4}"));
        Assert.Equal(Id, JsonSerializer.Deserialize($"\"{escaped}\"", UlidJsonContext.Default.Ulid));
    }

    [Fact]
    public void An_id_is_the_key_of_a_dictionary()
    {
        var json = JsonSerializer.Serialize(new Dictionary<Ulid, Ulid> { [Id] = Ulid.MaxValue }, UlidJsonContext.Default.DictionaryUlidUlid);

        Assert.Equal($"{{\"{Example}\":\"7ZZZZZZZZZZZZZZZZZZZZZZZZZ\"}}", json);
        Assert.Equal(Ulid.MaxValue, JsonSerializer.Deserialize(json, UlidJsonContext.Default.DictionaryUlidUlid)![Id]);
    }

    [Fact]
    public async Task An_id_is_read_from_a_stream_that_cuts_it_in_pieces()
    {
        var ids = Enumerable.Repeat(Id, 50).ToArray();
        var json = JsonSerializer.SerializeToUtf8Bytes(ids, UlidJsonContext.Default.UlidArray);
        await using var stream = new TricklingStream(json, 7);

        Assert.Equal(ids, await JsonSerializer.DeserializeAsync(stream, UlidJsonContext.Small.UlidArray, TestContext.Current.CancellationToken));
    }

    [Theory]
    [InlineData("\"\"")]
    [InlineData("\"01ARZ3NDEKTSV4RRFFQ69G5FAU\"")]
    [InlineData("\"81ARZ3NDEKTSV4RRFFQ69G5FAV\"")]
    [InlineData("17")]
    [InlineData("null")]
    [InlineData("{}")]
    [InlineData("true")]
    public void What_is_no_id_is_a_JSON_error(string json) =>
        Assert.Throws<JsonException>(() => JsonSerializer.Deserialize(json, UlidJsonContext.Default.Ulid));

    [Fact]
    public void A_long_text_is_a_JSON_error_that_does_not_show_it()
    {
        var text = new string('0', 100_000);
        var exception = Assert.Throws<JsonException>(() => JsonSerializer.Deserialize($"\"{text}\"", UlidJsonContext.Default.Ulid));
        Assert.DoesNotContain("00000", exception.Message, StringComparison.Ordinal);
        Assert.Throws<JsonException>(() => JsonSerializer.Deserialize("{\"x\":\"" + Example + "\"}", UlidJsonContext.Default.DictionaryUlidUlid));
    }

    private sealed class TricklingStream(byte[] content, int step) : MemoryStream(content)
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            base.ReadAsync(buffer[..Math.Min(step, buffer.Length)], cancellationToken);
    }
}

[JsonSerializable(typeof(Ulid))]
[JsonSerializable(typeof(Ulid[]))]
[JsonSerializable(typeof(Dictionary<Ulid, Ulid>))]
internal sealed partial class UlidJsonContext : JsonSerializerContext
{
    public static UlidJsonContext Small { get; } = new(new JsonSerializerOptions { DefaultBufferSize = 16 });
}
