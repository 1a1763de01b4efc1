using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;

namespace RedisPatterns;

/// <summary>The schema versions of a closed model. Thread-safe.</summary>
internal sealed class SchemaPlan
{
    private readonly string _model;
    private readonly Action<JsonObject>[] _steps;
    private readonly JsonSerializerOptions _options;
    private readonly JsonWriterOptions _writer;

    /// <summary>A plan.</summary>
    /// <param name="model">The name of the model.</param>
    /// <param name="version">Its schema version.</param>
    /// <param name="steps">The last steps, of which the last one leads to the version.</param>
    /// <param name="options">In whose style upgraded documents are written.</param>
    public SchemaPlan(string model, int version, Action<JsonObject>[] steps, JsonSerializerOptions options)
    {
        _model = model;
        _steps = steps;
        _options = options;
        _writer = JsonStyle.WriterOptionsOf(options);
        Version = version;
    }

    public int Version { get; }

    /// <summary>The least version that can be read.</summary>
    public int Least => Version - _steps.Length;

    public bool WritesBack { get; init; }

    public bool PreservesUnknownMembers { get; init; }

    /// <summary>The plan of a model that declares no schema.</summary>
    public static SchemaPlan None(string model, JsonSerializerOptions options) => new(model, 1, [], options);

    /// <summary>Refuses a document that can neither be read as it is nor be upgraded.</summary>
    /// <exception cref="SchemaVersionException">It is newer than the model, or too old.</exception>
    public void ThrowIfUnreadable(int stored, string keyPattern)
    {
        if (stored > Version || stored < Least)
        {
            throw new SchemaVersionException(_model, keyPattern, stored, Version);
        }
    }

    /// <summary>A document, without its header, in the model's version.</summary>
    /// <param name="body">The document without its header; itself the answer when there is nothing to upgrade.</param>
    /// <param name="from">Its version.</param>
    /// <param name="keyPattern">The pattern of its key, for errors.</param>
    /// <exception cref="SchemaVersionException">It is newer than the model, or too old.</exception>
    /// <exception cref="SchemaUpgradeException">A step failed.</exception>
    /// <exception cref="JsonException">The document is no JSON object.</exception>
    public ReadOnlyMemory<byte> Upgrade(ReadOnlyMemory<byte> body, int from, string keyPattern)
    {
        ThrowIfUnreadable(from, keyPattern);
        if (from == Version)
        {
            return body;
        }

        var json = JsonNode.Parse(body.Span, documentOptions: JsonStyle.DocumentOptionsOf(_options)) as JsonObject
            ?? throw new JsonException("The document is not a JSON object.");
        for (var version = from; version < Version; version++)
        {
            try
            {
                _steps[version - Least](json);
            }
            catch (Exception exception)
            {
                throw new SchemaUpgradeException(_model, keyPattern, version, exception);
            }
        }

        using var output = PooledBuffer.Rent();
        using (var writer = new Utf8JsonWriter(output, _writer))
        {
            json.WriteTo(writer, _options);
        }

        return output.ToArray();
    }

    /// <summary>
    /// A document about to be written, with the members of the stored one that the type does not know. What is stored is
    /// upgraded before, so that no member comes back under its old name.
    /// </summary>
    /// <param name="type">The type of the entity.</param>
    /// <param name="stored">The stored document, with its header.</param>
    /// <param name="written">The document about to be written, with its header.</param>
    /// <param name="keyPattern">The pattern of its key, for errors.</param>
    /// <exception cref="SchemaVersionException">What is stored is too old.</exception>
    /// <exception cref="SchemaUpgradeException">A step failed.</exception>
    /// <exception cref="JsonException">What is stored is no JSON.</exception>
    public ReadOnlyMemory<byte> Preserve(JsonTypeInfo type, ReadOnlyMemory<byte> stored, ReadOnlyMemory<byte> written, string keyPattern)
    {
        SchemaHeader.TryRead(stored.Span, out var schema, out var bodyStart);
        if (schema < Version)
        {
            using var body = PooledBuffer.Rent();
            SchemaHeader.WriteBody(stored.Span, bodyStart, body);
            stored = Upgrade(body.WrittenMemory, schema, keyPattern);
        }

        return UnknownMembers.Merge(type, stored, written);
    }
}
