using System.Buffers;
using System.Text;
using System.Text.Json;

namespace RedisPatterns.Tests.Serialization;

public sealed class EntityFormatTests
{
    private static readonly JsonEntityFormat<Parcel> Json = new(ParcelJson.Default.Parcel);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static TheoryData<string> Formats => ["json", "parcel"];

    [Theory]
    [MemberData(nameof(Formats))]
    public async Task What_a_format_writes_it_reads_from_memory_and_from_streams(string name)
    {
        var format = FormatOf(name);
        var parcel = new Parcel("é1", new string('x', 300_000), -5);
        var memory = new ArrayBufferWriter<byte>();
        format.Write(parcel, memory);
        using var stream = new MemoryStream();
        await format.WriteAsync(parcel, stream, Cancellation);

        Assert.Equal(memory.WrittenSpan.ToArray(), stream.ToArray());
        Assert.Equal(parcel, format.Read(memory.WrittenMemory, 2));
        stream.Position = 0;
        Assert.Equal(parcel, await format.ReadAsync(stream, 2, Cancellation));
    }

    [Theory]
    [MemberData(nameof(Formats))]
    public async Task A_stream_can_be_given_up(string name)
    {
        var format = FormatOf(name);
        using var stream = new MemoryStream(new byte[10]);
        var cancelled = new CancellationToken(canceled: true);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await format.WriteAsync(new Parcel("1", "", 0), stream, cancelled));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await format.ReadAsync(stream, 1, cancelled));
    }

    [Fact]
    public void A_format_reads_what_it_wrote_in_an_older_schema()
    {
        var output = new ArrayBufferWriter<byte>();
        var format = new ParcelFormat();
        format.Write(new Parcel("1", "tea", 3), output);
        Assert.Equal(3_000, format.Read(output.WrittenMemory, 1).Grams);
    }

    [Fact]
    public void Json_is_what_the_serializer_writes_in_the_style_of_its_options()
    {
        for (var i = 0; i < 3; i++)
        {
            var output = new ArrayBufferWriter<byte>();
            Json.Write(new Parcel("é", "<", i), output);
            var expected = JsonSerializer.Serialize(new Parcel("é", "<", i), ParcelJson.Default.Parcel);
            Assert.Equal(expected, Encoding.UTF8.GetString(output.WrittenSpan));
            Assert.Equal(expected, Encoding.UTF8.GetString(Json.ToArray(new Parcel("é", "<", i))));
        }
    }

    [Fact]
    public async Task Json_that_is_null_is_no_entity()
    {
        Assert.Throws<JsonException>(() => Json.Read("null"u8.ToArray(), 1));
        using var stream = new MemoryStream("null"u8.ToArray());
        await Assert.ThrowsAsync<JsonException>(async () => await Json.ReadAsync(stream, 1, Cancellation));
    }

    [Fact]
    public void An_envelope_is_what_it_was_in_the_first_version()
    {
        foreach (var item in GoldenFile.Read("format-envelope.json"))
        {
            var (schema, version) = (item.GetProperty("schema").GetInt32(), item.GetProperty("version").GetInt64());
            var format = new TextFormat();
            var payload = item.Text("payload");
            var (head, tail) = FormatEnvelope.WriteAround(format, payload, schema);
            var written = version == 0
                ? FormatEnvelope.Write(format, payload, schema)
                : [.. head.Span, .. Encoding.UTF8.GetBytes($"{version}"), .. tail.Span];
            Assert.Equal(item.Text("document"), Encoding.UTF8.GetString(written));

            var read = FormatEnvelope.Read(written);
            Assert.Equal((schema, version, payload), (read.Schema, read.Version, format.Read(read.Payload, schema)));
            Assert.Equal(FormatEnvelope.Wrap(Encoding.UTF8.GetBytes(payload), schema, version), (byte[])[.. head.Span, .. Encoding.UTF8.GetBytes($"{version}"), .. tail.Span]);
        }
    }

    [Theory]
    [InlineData("\0RP")]
    [InlineData("\0RP2")]
    [InlineData("\0RP2;")]
    [InlineData("\0RP2;1")]
    [InlineData("\0RP;1;")]
    [InlineData("\0RP2;;")]
    [InlineData("\0RP0;1;")]
    [InlineData("\0RP02;1;")]
    [InlineData("\0RP-2;1;")]
    [InlineData("\0RP+2;1;")]
    [InlineData("\0RP2;-1;")]
    [InlineData("\0RP1000000000;1;")]
    [InlineData("\0RP2;9223372036854775808;")]
    public void An_envelope_that_is_none_is_refused(string document) =>
        Assert.Throws<FormatException>(() => FormatEnvelope.Read(Encoding.UTF8.GetBytes(document)));

    private static IEntityFormat<Parcel> FormatOf(string name) => name == "json" ? Json : new ParcelFormat();

    private sealed class TextFormat : IEntityFormat<string>
    {
        public string Name => "text";

        public void Write(string entity, IBufferWriter<byte> output) => Encoding.UTF8.GetBytes(entity, output);

        public string Read(ReadOnlyMemory<byte> document, int schemaVersion) => Encoding.UTF8.GetString(document.Span);
    }
}
