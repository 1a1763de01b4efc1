using System.Buffers;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace RedisPatterns;

/// <summary>JSON by System.Text.Json; streams are written and read piece by piece. Documents of older schemas are upgraded before.</summary>
internal sealed class JsonEntityFormat<T>(JsonTypeInfo<T> json) : IEntityFormat<T>
    where T : class
{
    // Where a writer that is kept points to.
    private static readonly ArrayBufferWriter<byte> Nowhere = new();

    [ThreadStatic]
    private static (JsonTypeInfo<T> Type, Utf8JsonWriter Writer)? _kept;

    public string Name => "json";

    public JsonTypeInfo<T> Json => json;

    /// <summary>An entity as an array of its own, for a store to keep.</summary>
    public byte[] ToArray(T entity) => JsonSerializer.SerializeToUtf8Bytes(entity, json);

    public void Write(T entity, IBufferWriter<byte> output)
    {
        // Taken while it is in use: a converter may serialize something with the same type.
        var writer = _kept is { } kept && ReferenceEquals(kept.Type, json) ? kept.Writer : new Utf8JsonWriter(output, JsonStyle.WriterOptionsOf(json.Options));
        _kept = null;
        writer.Reset(output);
        JsonSerializer.Serialize(writer, entity, json);
        writer.Reset(Nowhere);
        _kept = (json, writer);
    }

    public T Read(ReadOnlyMemory<byte> document, int schemaVersion) => JsonSerializer.Deserialize(document.Span, json) ?? throw IsNull();

    public async ValueTask WriteAsync(T entity, Stream stream, CancellationToken cancellationToken = default) =>
        await JsonSerializer.SerializeAsync(stream, entity, json, cancellationToken).ConfigureAwait(false);

    public async ValueTask<T> ReadAsync(Stream stream, int schemaVersion, CancellationToken cancellationToken = default) =>
        await JsonSerializer.DeserializeAsync(stream, json, cancellationToken).ConfigureAwait(false) ?? throw IsNull();

    private static JsonException IsNull() => new("The document is null.");
}
