using System.Text.Json;

namespace RedisPatterns;

/// <summary>Some fields of an entity, as they were read.</summary>
/// <typeparam name="T">The type of the entity.</typeparam>
public sealed class EntityFields<T>
    where T : class
{
    private readonly EntityField<T>[] _fields;
    private readonly StoreValue[] _texts;

    internal EntityFields(EntityField<T>[] fields, StoreValue[] texts) => (_fields, _texts) = (fields, texts);

    /// <summary>Whether the entity has the field.</summary>
    /// <param name="field">One of the fields that were asked for.</param>
    /// <exception cref="ArgumentException">The field was not asked for.</exception>
    public bool Has(EntityField<T> field) => !TextOf(field).IsNull;

    /// <summary>The value of a field; the type's default when the entity does not have it.</summary>
    /// <typeparam name="TValue">The type of the value.</typeparam>
    /// <param name="field">One of the fields that were asked for.</param>
    /// <exception cref="ArgumentException">The field was not asked for.</exception>
    /// <exception cref="EntityFormatException">What is stored is no such value.</exception>
    public TValue? Get<TValue>(EntityField<T, TValue> field) => TextOf(field) is { IsNull: false } text ? Read(field, () => field.Read(text)) : default;

    /// <summary>The items of a collection; none when the entity does not have it.</summary>
    /// <typeparam name="TItem">The type of the items.</typeparam>
    /// <param name="field">One of the fields that were asked for.</param>
    /// <exception cref="ArgumentException">The field was not asked for.</exception>
    /// <exception cref="EntityFormatException">What is stored are no such items.</exception>
    public IReadOnlyList<TItem> Get<TItem>(EntityCollection<T, TItem> field) => TextOf(field) is { IsNull: false } text ? Read(field, () => field.Read(text)) : [];

    private static TValue Read<TValue>(EntityField<T> field, Func<TValue> read)
    {
        try
        {
            return read();
        }
        catch (JsonException exception)
        {
            throw new EntityFormatException(field.Model.Name, field.ToString(), exception, field.Model.Closed.Plan.Version);
        }
    }

    private StoreValue TextOf(EntityField<T> field)
    {
        ArgumentNullException.ThrowIfNull(field);
        var place = Array.IndexOf(_fields, field);
        return place >= 0 ? _texts[place] : throw new ArgumentException($"{field}: the field was not asked for.", nameof(field));
    }
}
