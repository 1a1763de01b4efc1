using System.Text.Json.Serialization.Metadata;

namespace RedisPatterns;

/// <summary>
/// The model of a type of entities: its name, id, serialization and version, and its indexes as typed properties. The model
/// is the application's schema.
/// </summary>
/// <remarks>
/// Derive, and declare everything in the constructor; when a repository takes the model it is checked and closed. One
/// instance serves any number of keyspaces.
/// </remarks>
/// <typeparam name="T">The type of the entities.</typeparam>
public abstract class EntityModel<T>
    where T : class
{
    private readonly List<EntityIndex<T>> _uniques = [];
    private readonly List<EntityIndex<T>> _tags = [];
    private readonly List<EntityIndex<T>> _ranges = [];
    private readonly HashSet<string> _indexNames = new(StringComparer.Ordinal);
    private readonly Lock _lock = new();
    private volatile EntitySchema<T>? _schema;
    private Func<T, long>? _readVersion;
    private Func<T, long, T>? _writeVersion;

    /// <summary>A model.</summary>
    /// <param name="name">The name, part of every key: 1 to 64 letters, digits, '-', '_' or '.'.</param>
    /// <param name="id">Gives an entity's id: any text that is not empty. Ids differ when they differ in any character.</param>
    /// <param name="json">How entities are written as JSON and read back; from a source-generated context.</param>
    /// <exception cref="ModelException">The name is not valid.</exception>
    protected EntityModel(string name, Func<T, string> id, JsonTypeInfo<T> json)
    {
        KeyGrammar.ThrowIfBadName(name, "a model");
        ArgumentNullException.ThrowIfNull(id);
        ArgumentNullException.ThrowIfNull(json);
        Name = name;
        Id = id;
        Json = json;
    }

    /// <summary>The name.</summary>
    public string Name { get; }

    internal Func<T, string> Id { get; }

    internal JsonTypeInfo<T> Json { get; }

    /// <summary>The model as a repository uses it; asking for it closes the model.</summary>
    internal EntitySchema<T> Schema
    {
        get
        {
            if (_schema is { } schema)
            {
                return schema;
            }

            lock (_lock)
            {
                return _schema ??= new EntitySchema<T>(this, [.. _uniques], [.. _tags], [.. _ranges], _readVersion, _writeVersion);
            }
        }
    }

    /// <summary>Declares that entities have a version: 1 when inserted, one more with each write.</summary>
    /// <remarks>An update is refused with <see cref="VersionConflictException"/> when the stored version is not the entity's.</remarks>
    /// <param name="read">Gives an entity's version; 0 for one that was never stored.</param>
    /// <param name="write">Gives the entity with a version: the same object, changed, or a copy.</param>
    /// <exception cref="ModelException">The model has a version already, or is closed.</exception>
    protected void Version(Func<T, long> read, Func<T, long, T> write)
    {
        ArgumentNullException.ThrowIfNull(read);
        ArgumentNullException.ThrowIfNull(write);
        ThrowIfClosed();
        if (_readVersion is not null)
        {
            throw new ModelException($"{Name}: the version is declared twice.");
        }

        (_readVersion, _writeVersion) = (read, write);
    }

    /// <summary>Declares a unique index.</summary>
    /// <typeparam name="TValue">The type of the value.</typeparam>
    /// <param name="name">The name, part of its key; unique in the model.</param>
    /// <param name="value">Gives an entity's value; null claims nothing.</param>
    /// <returns>The handle; keep it in a property.</returns>
    /// <exception cref="ModelException">The name is not valid or taken, or the model is closed.</exception>
    protected UniqueIndex<T, TValue> Unique<TValue>(string name, Func<T, TValue> value)
    {
        ArgumentNullException.ThrowIfNull(value);
        return Declare(_uniques, new UniqueIndex<T, TValue>(this, name, value) { Place = _uniques.Count });
    }

    /// <summary>Declares a tag index on one value.</summary>
    /// <typeparam name="TValue">The type of the value.</typeparam>
    /// <param name="name">The name, part of its keys; unique in the model.</param>
    /// <param name="value">Gives an entity's value; null has no entry.</param>
    /// <returns>The handle; keep it in a property.</returns>
    /// <exception cref="ModelException">The name is not valid or taken, or the model is closed.</exception>
    protected TagIndex<T, TValue> Tag<TValue>(string name, Func<T, TValue> value)
    {
        ArgumentNullException.ThrowIfNull(value);
        return Declare(_tags, new TagIndex<T, TValue>(this, name, value) { Place = _tags.Count });
    }

    /// <summary>Declares a tag index on any number of values.</summary>
    /// <typeparam name="TValue">The type of the values.</typeparam>
    /// <param name="name">The name, part of its keys; unique in the model.</param>
    /// <param name="values">Gives an entity's values; nulls among them are passed over, equal ones count once.</param>
    /// <returns>The handle; keep it in a property.</returns>
    /// <exception cref="ModelException">The name is not valid or taken, or the model is closed.</exception>
    protected TagIndex<T, TValue> Tags<TValue>(string name, Func<T, IEnumerable<TValue>?> values)
    {
        ArgumentNullException.ThrowIfNull(values);
        return Declare(_tags, new TagIndex<T, TValue>(this, name, values) { Place = _tags.Count });
    }

    /// <summary>Declares a range index.</summary>
    /// <typeparam name="TValue">The type of the value: a number, a date or a duration, or one of these that may be null.</typeparam>
    /// <param name="name">The name, part of its key; unique in the model.</param>
    /// <param name="value">Gives an entity's value; null has no entry.</param>
    /// <returns>The handle; keep it in a property.</returns>
    /// <exception cref="ModelException">The name is not valid or taken, or the model is closed.</exception>
    protected RangeIndex<T, TValue> Range<TValue>(string name, Func<T, TValue> value)
    {
        ArgumentNullException.ThrowIfNull(value);
        return Declare(_ranges, new RangeIndex<T, TValue>(this, name, value) { Place = _ranges.Count });
    }

    private TIndex Declare<TIndex>(List<EntityIndex<T>> indexes, TIndex index)
        where TIndex : EntityIndex<T>
    {
        ThrowIfClosed();
        if (!_indexNames.Add(index.Name))
        {
            throw new ModelException($"{index}: the name is taken by another index of the model.");
        }

        indexes.Add(index);
        return index;
    }

    private void ThrowIfClosed()
    {
        if (_schema is not null)
        {
            throw new ModelException($"{Name}: the model is in use and can not be changed.");
        }
    }
}
