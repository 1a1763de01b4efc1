using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace RedisPatterns;

/// <summary>A field with a value of one type.</summary>
/// <typeparam name="T">The type of the entities.</typeparam>
/// <typeparam name="TValue">The type of the value.</typeparam>
public sealed class EntityField<T, TValue> : EntityField<T>
    where T : class
{
    private readonly Func<T, TValue> _value;
    private JsonSerializerOptions _options = null!;
    private JsonTypeInfo<TValue>? _json;
    private JsonConverter<TValue>? _converter;

    internal EntityField(EntityModelBase<T> model, string name, Func<T, TValue> value)
        : base(model, name) => _value = value;

    internal override object? ValueOf(T entity) => _value(entity);

    internal TValue Of(T entity) => _value(entity);

    /// <summary>The value as a field's text.</summary>
    internal StoreValue TextOf(TValue value) => FieldText.FromJson((ReadOnlyMemory<byte>)JsonOf(value));

    /// <summary>The value as JSON.</summary>
    internal byte[] JsonOf(TValue value)
    {
        if (_converter is null)
        {
            return JsonSerializer.SerializeToUtf8Bytes(value, _json!);
        }

        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer, new JsonWriterOptions { Encoder = _options.Encoder }))
        {
            _converter.Write(writer, value, _options);
        }

        return buffer.ToArray();
    }

    /// <summary>The value of a field's text.</summary>
    internal TValue? Read(StoreValue text)
    {
        using var json = PooledBuffer.Rent();
        FieldText.ToJson(text, json);
        if (_converter is null)
        {
            return JsonSerializer.Deserialize(json.WrittenSpan, _json!);
        }

        var reader = new Utf8JsonReader(json.WrittenSpan);
        reader.Read();
        return _converter.Read(ref reader, typeof(TValue), _options);
    }

    private protected override void Bind(JsonTypeInfo<T> json, JsonPropertyInfo member)
    {
        if (member.PropertyType != typeof(TValue))
        {
            throw new ModelException($"{this}: the member has another type than {typeof(TValue).Name}.");
        }

        _options = json.Options;
        switch (member.CustomConverter)
        {
            case null:
                _json = (JsonTypeInfo<TValue>)json.Options.GetTypeInfo(typeof(TValue));
                break;
            case JsonConverter<TValue> converter:
                _converter = converter;
                break;
            default:
                throw new ModelException($"{this}: a member with a converter factory of its own can not be a field.");
        }
    }
}
