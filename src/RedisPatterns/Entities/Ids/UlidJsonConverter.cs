using System.Text.Json;
using System.Text.Json.Serialization;

namespace RedisPatterns;

/// <summary>Writes a <see cref="Ulid"/> as its text in JSON, as a value and as the name of a property (the key of a dictionary).</summary>
/// <remarks><see cref="Ulid"/> names it itself: nothing has to be registered. Reading takes lower case too.</remarks>
public sealed class UlidJsonConverter : JsonConverter<Ulid>
{
    // Each character may be written as an escape of six.
    private const int MaximumLength = Ulid.TextLength * 6;

    /// <inheritdoc/>
    public override Ulid Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType == JsonTokenType.String ? ReadText(ref reader) : throw new JsonException();

    /// <inheritdoc/>
    public override Ulid ReadAsPropertyName(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => ReadText(ref reader);

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, Ulid value, JsonSerializerOptions options)
    {
        ArgumentNullException.ThrowIfNull(writer);
        Span<byte> text = stackalloc byte[Ulid.TextLength];
        value.TryFormat(text, out _);
        writer.WriteStringValue(text);
    }

    /// <inheritdoc/>
    public override void WriteAsPropertyName(Utf8JsonWriter writer, Ulid value, JsonSerializerOptions options)
    {
        ArgumentNullException.ThrowIfNull(writer);
        Span<byte> text = stackalloc byte[Ulid.TextLength];
        value.TryFormat(text, out _);
        writer.WritePropertyName(text);
    }

    // A JsonException without a message gets one from the serializer, with the type and the path.
    private static Ulid ReadText(ref Utf8JsonReader reader)
    {
        Span<byte> text = stackalloc byte[MaximumLength];
        var length = reader.HasValueSequence ? reader.ValueSequence.Length : reader.ValueSpan.Length;
        return length <= MaximumLength && Ulid.TryParse(text[..reader.CopyString(text)], out var id) ? id : throw new JsonException();
    }
}
