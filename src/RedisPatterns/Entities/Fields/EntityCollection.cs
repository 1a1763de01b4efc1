using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace RedisPatterns;

/// <summary>A field that is a collection, to which a patch can append and from which it can remove.</summary>
/// <typeparam name="T">The type of the entities.</typeparam>
/// <typeparam name="TItem">The type of the items.</typeparam>
public sealed class EntityCollection<T, TItem> : EntityField<T>
    where T : class
{
    private readonly Func<T, IEnumerable<TItem>?> _items;
    private JsonTypeInfo _collection = null!;
    private JsonTypeInfo<TItem> _item = null!;

    internal EntityCollection(EntityModelBase<T> model, string name, Func<T, IEnumerable<TItem>?> items)
        : base(model, name) => _items = items;

    internal override object? ValueOf(T entity) => _items(entity);

    internal IEnumerable<TItem>? Of(T entity) => _items(entity);

    /// <summary>An item as JSON.</summary>
    internal byte[] JsonOf(TItem item) => JsonSerializer.SerializeToUtf8Bytes(item, _item);

    /// <summary>Items as JSON, with commas in between.</summary>
    internal byte[] JsonOf(IEnumerable<TItem> items)
    {
        using var buffer = new MemoryStream();
        foreach (var item in items)
        {
            if (buffer.Length > 0)
            {
                buffer.WriteByte((byte)',');
            }

            buffer.Write(JsonOf(item));
        }

        return buffer.ToArray();
    }

    /// <summary>The items of a field's text.</summary>
    internal IReadOnlyList<TItem> Read(StoreValue text)
    {
        using var json = PooledBuffer.Rent();
        FieldText.ToJson(text, json);
        return JsonSerializer.Deserialize(json.WrittenSpan, _collection) is IEnumerable<TItem> items ? [.. items] : [];
    }

    private protected override void Bind(JsonTypeInfo<T> json, JsonPropertyInfo member)
    {
        if (member.CustomConverter is not null)
        {
            throw new ModelException($"{this}: a collection with a converter of its own can not be patched.");
        }

        _collection = json.Options.GetTypeInfo(member.PropertyType);
        if (_collection.Kind != JsonTypeInfoKind.Enumerable || _collection.ElementType != typeof(TItem))
        {
            throw new ModelException($"{this}: the member is not a collection of {typeof(TItem).Name}.");
        }

        _item = (JsonTypeInfo<TItem>)json.Options.GetTypeInfo(typeof(TItem));
    }
}
