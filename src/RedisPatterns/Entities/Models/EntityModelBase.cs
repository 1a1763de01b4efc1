using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization.Metadata;
using RedisPatterns.Commands;

namespace RedisPatterns;

/// <summary>
/// The model of a type of entities: its name, serialization, layout, version, schema and expiry, and its fields and indexes
/// as typed properties. The model is the application's schema. Derive from <see cref="EntityModel{T}"/> or
/// <see cref="EntityModel{T, TId}"/>.
/// </summary>
/// <remarks>
/// Declare everything in the constructor; when a repository takes the model it is checked and closed. One instance serves
/// any number of keyspaces.
/// </remarks>
/// <typeparam name="T">The type of the entities.</typeparam>
public abstract partial class EntityModelBase<T>
    where T : class
{
    private readonly List<EntityIndex<T>> _indexes = [];
    private readonly List<EntityField<T>> _fields = [];
    private readonly HashSet<string> _indexNames = new(StringComparer.Ordinal);
    private readonly Lock _lock = new();
    private volatile EntitySchema<T>? _closed;
    private Func<T, long>? _readVersion;
    private Func<T, long, T>? _writeVersion;
    private string? _versionMember;
    private EntityLayout? _layout;
    private ExpiryRule<T>? _expiry;
    private SchemaBuilder? _schema;

    private protected EntityModelBase(string name, JsonTypeInfo<T>? json, IEntityFormat<T>? format)
    {
        if (this is not IReservedModel)
        {
            KeyGrammar.ThrowIfBadModelName(name);
        }

        Name = name;
        Json = json;
        Format = format;
    }

    /// <summary>The name.</summary>
    public string Name { get; }

    internal JsonTypeInfo<T>? Json { get; }

    internal IEntityFormat<T>? Format { get; }

    /// <summary>The model as a repository uses it; asking for it closes the model.</summary>
    internal EntitySchema<T> Closed
    {
        get
        {
            if (_closed is { } closed)
            {
                return closed;
            }

            lock (_lock)
            {
                return _closed ??= new EntitySchema<T>(
                    this, [.. _indexes], [.. _fields], _layout ?? EntityLayout.Document(), _expiry, _schema, _readVersion, _writeVersion, _versionMember);
            }
        }
    }

    /// <summary>Whether a value is the id of an entity.</summary>
    internal abstract bool IsId(object? value, T entity);

    /// <summary>Whether a field is of the type of the ids.</summary>
    internal abstract bool CouldBeId(EntityField<T> field);

    /// <summary>The text of an entity's id, or null.</summary>
    internal abstract string? IdTextOf(T entity);

    /// <summary>Whether an entity that is to be inserted needs an id first.</summary>
    internal abstract bool NeedsId(T entity);

    /// <summary>The entity with a new id, if that takes no asking of the store.</summary>
    internal abstract bool TryGiveId(T entity, Keyspace keyspace, [NotNullWhen(true)] out T? given);

    /// <summary>The entity with a new id.</summary>
    internal abstract ValueTask<T> WithNewIdAsync(T entity, Keyspace keyspace, CancellationToken cancellationToken);

    /// <summary>Declares how entities lie in the store; <see cref="EntityLayout.Document"/> without this.</summary>
    /// <param name="layout">The layout.</param>
    /// <exception cref="ModelException">It is declared twice, or the model is closed.</exception>
    protected void StoreAs(EntityLayout layout)
    {
        ArgumentNullException.ThrowIfNull(layout);
        ThrowIfClosed();
        _layout = _layout is null ? layout : throw new ModelException($"{Name}: the layout is declared twice.");
    }

    /// <summary>Declares the version of the documents' schema, and how older ones become such; 1 without this.</summary>
    /// <param name="version">The version that this code reads and writes; 1 to 999,999,999.</param>
    /// <returns>Takes the upgrades, one for each earlier version.</returns>
    /// <exception cref="ModelException">It is declared twice, out of range, or the model is closed.</exception>
    protected SchemaBuilder Schema(int version)
    {
        ThrowIfClosed();
        return _schema = _schema is null ? new SchemaBuilder(Name, version) : throw new ModelException($"{Name}: the schema is declared twice.");
    }

    /// <summary>Declares that entities have a version: 1 when inserted, one more with each write.</summary>
    /// <remarks>An update is refused with <see cref="VersionConflictException"/> when the stored version is not the entity's.</remarks>
    /// <param name="read">Gives an entity's version; 0 for one that was never stored.</param>
    /// <param name="write">Gives the entity with a version: the same object, changed, or a copy.</param>
    /// <param name="member">The name of the JSON member that holds the version; null for the one that is called so, whatever the case.</param>
    /// <exception cref="ModelException">The model has a version already, or is closed.</exception>
    protected void Version(Func<T, long> read, Func<T, long, T> write, string? member = null)
    {
        ArgumentNullException.ThrowIfNull(read);
        ArgumentNullException.ThrowIfNull(write);
        ThrowIfClosed();
        if (_readVersion is not null)
        {
            throw new ModelException($"{Name}: the version is declared twice.");
        }

        (_readVersion, _writeVersion, _versionMember) = (read, write, member);
    }

    /// <summary>Declares that entities expire a while after they were inserted. Other writes leave the moment as it is.</summary>
    /// <param name="lifetime">How long they live; at least a millisecond.</param>
    /// <exception cref="ModelException">Expiry is declared twice, or the model is closed.</exception>
    protected void ExpireAfter(TimeSpan lifetime) => Expire(ExpiryRule<T>.After(lifetime));

    /// <summary>Declares that entities expire when they have not been read or written for a while.</summary>
    /// <remarks>
    /// Every write, and every read that gives an entity by id or unique value, puts the end off, never brings it nearer.
    /// Queries, <c>ExistsAsync</c> and <c>OpenReadAsync</c> do not.
    /// </remarks>
    /// <param name="window">How long they live without being used; at least a millisecond.</param>
    /// <exception cref="ModelException">Expiry is declared twice, or the model is closed.</exception>
    protected void ExpireAfterInactivity(TimeSpan window) => Expire(ExpiryRule<T>.Sliding(window));

    /// <summary>Declares that entities expire at a moment of their own. Inserts, updates and upserts set it anew; a patch too.</summary>
    /// <param name="moment">Gives an entity's end; null for one that does not expire.</param>
    /// <exception cref="ModelException">Expiry is declared twice, or the model is closed.</exception>
    protected void ExpireAt(Func<T, DateTimeOffset?> moment)
    {
        ArgumentNullException.ThrowIfNull(moment);
        Expire(ExpiryRule<T>.At(moment));
    }

    /// <summary>Declares that entities may expire: those, and only those, for which a write says so.</summary>
    /// <exception cref="ModelException">Expiry is declared twice, or the model is closed.</exception>
    protected void MayExpire() => Expire(ExpiryRule<T>.PerCall());

    /// <summary>Declares a field: a member that can be read and patched on its own, and that indexes can be declared over.</summary>
    /// <typeparam name="TValue">The type of the member.</typeparam>
    /// <param name="member">The name of the member in the JSON.</param>
    /// <param name="value">Gives an entity's value of it.</param>
    /// <returns>The handle; keep it in a property.</returns>
    /// <exception cref="ModelException">The field is declared twice, or the model is closed.</exception>
    protected EntityField<T, TValue> Field<TValue>(string member, Func<T, TValue> value)
    {
        ArgumentNullException.ThrowIfNull(value);
        return Declare(new EntityField<T, TValue>(this, member, value));
    }

    /// <summary>Declares a field that is a collection, to which a patch can append and from which it can remove.</summary>
    /// <typeparam name="TItem">The type of the items.</typeparam>
    /// <param name="member">The name of the member in the JSON.</param>
    /// <param name="items">Gives an entity's items.</param>
    /// <returns>The handle; keep it in a property.</returns>
    /// <exception cref="ModelException">The field is declared twice, or the model is closed.</exception>
    protected EntityCollection<T, TItem> Collection<TItem>(string member, Func<T, IEnumerable<TItem>?> items)
    {
        ArgumentNullException.ThrowIfNull(items);
        return Declare(new EntityCollection<T, TItem>(this, member, items));
    }

    /// <summary>Declares a unique index.</summary>
    /// <typeparam name="TValue">The type of the value.</typeparam>
    /// <param name="name">The name, part of its key; unique in the model.</param>
    /// <param name="value">Gives an entity's value, a tuple for several together; null, or null within a tuple, claims nothing.</param>
    /// <param name="when">Which entities have an entry; null for all that have a value.</param>
    /// <param name="revision">1, and one more whenever what makes the value changes: an index of another revision is built anew.</param>
    /// <returns>The handle; keep it in a property.</returns>
    /// <exception cref="ModelException">The name is not valid or taken, or the model is closed.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The revision is less than 1.</exception>
    protected UniqueIndex<T, TValue> Unique<TValue>(string name, Func<T, TValue> value, Func<T, bool>? when = null, int revision = 1)
    {
        ArgumentNullException.ThrowIfNull(value);
        return DeclareIndex(new UniqueIndex<T, TValue>(this, name, value, null, revision, when));
    }

    /// <summary>Declares a unique index over a field: a patch of the field keeps it right without reading the entity.</summary>
    /// <typeparam name="TValue">The type of the value.</typeparam>
    /// <param name="name">The name, part of its key; unique in the model.</param>
    /// <param name="field">The field; null claims nothing.</param>
    /// <param name="revision">1, and one more whenever what makes the value changes: an index of another revision is built anew.</param>
    /// <returns>The handle; keep it in a property.</returns>
    /// <exception cref="ModelException">The name is not valid or taken, or the model is closed.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The revision is less than 1.</exception>
    protected UniqueIndex<T, TValue> Unique<TValue>(string name, EntityField<T, TValue> field, int revision = 1)
    {
        ArgumentNullException.ThrowIfNull(field);
        return DeclareIndex(new UniqueIndex<T, TValue>(this, name, field.Of, FromBoxed<TValue>, revision, null) { Source = field, IsDirect = true });
    }

    /// <summary>Declares a unique index over what a function makes of a field, such as a normalized form.</summary>
    /// <typeparam name="TField">The type of the field.</typeparam>
    /// <typeparam name="TValue">The type of the value.</typeparam>
    /// <param name="name">The name, part of its key; unique in the model.</param>
    /// <param name="field">The field.</param>
    /// <param name="value">Gives the value of a field's value; null claims nothing.</param>
    /// <param name="revision">1, and one more whenever what makes the value changes: an index of another revision is built anew.</param>
    /// <returns>The handle; keep it in a property.</returns>
    /// <exception cref="ModelException">The name is not valid or taken, or the model is closed.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The revision is less than 1.</exception>
    protected UniqueIndex<T, TValue> Unique<TField, TValue>(string name, EntityField<T, TField> field, Func<TField, TValue> value, int revision = 1)
    {
        ArgumentNullException.ThrowIfNull(value);
        ArgumentNullException.ThrowIfNull(field);
        return DeclareIndex(new UniqueIndex<T, TValue>(this, name, entity => value(field.Of(entity)), boxed => value(FromBoxed<TField>(boxed)), revision, null) { Source = field });
    }

    /// <summary>Declares a tag index on one value.</summary>
    /// <typeparam name="TValue">The type of the value.</typeparam>
    /// <param name="name">The name, part of its key; unique in the model.</param>
    /// <param name="value">Gives an entity's value; null has no entry.</param>
    /// <param name="when">Which entities have an entry; null for all that have a value.</param>
    /// <param name="revision">1, and one more whenever what makes the value changes: an index of another revision is built anew.</param>
    /// <returns>The handle; keep it in a property.</returns>
    /// <exception cref="ModelException">The name is not valid or taken, or the model is closed.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The revision is less than 1.</exception>
    protected TagIndex<T, TValue> Tag<TValue>(string name, Func<T, TValue> value, Func<T, bool>? when = null, int revision = 1)
    {
        ArgumentNullException.ThrowIfNull(value);
        return DeclareIndex(new TagIndex<T, TValue>(this, name, value, null, revision, when));
    }

    /// <summary>Declares a tag index over a field: a patch of the field keeps it right without reading the entity.</summary>
    /// <typeparam name="TValue">The type of the value.</typeparam>
    /// <param name="name">The name, part of its key; unique in the model.</param>
    /// <param name="field">The field; null has no entry.</param>
    /// <param name="revision">1, and one more whenever what makes the value changes: an index of another revision is built anew.</param>
    /// <returns>The handle; keep it in a property.</returns>
    /// <exception cref="ModelException">The name is not valid or taken, or the model is closed.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The revision is less than 1.</exception>
    protected TagIndex<T, TValue> Tag<TValue>(string name, EntityField<T, TValue> field, int revision = 1)
    {
        ArgumentNullException.ThrowIfNull(field);
        return DeclareIndex(new TagIndex<T, TValue>(this, name, field.Of, FromBoxed<TValue>, revision, null) { Source = field, IsDirect = true });
    }

    /// <summary>Declares a tag index over what a function makes of a field.</summary>
    /// <typeparam name="TField">The type of the field.</typeparam>
    /// <typeparam name="TValue">The type of the value.</typeparam>
    /// <param name="name">The name, part of its key; unique in the model.</param>
    /// <param name="field">The field.</param>
    /// <param name="value">Gives the value of a field's value; null has no entry.</param>
    /// <param name="revision">1, and one more whenever what makes the value changes: an index of another revision is built anew.</param>
    /// <returns>The handle; keep it in a property.</returns>
    /// <exception cref="ModelException">The name is not valid or taken, or the model is closed.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The revision is less than 1.</exception>
    protected TagIndex<T, TValue> Tag<TField, TValue>(string name, EntityField<T, TField> field, Func<TField, TValue> value, int revision = 1)
    {
        ArgumentNullException.ThrowIfNull(value);
        ArgumentNullException.ThrowIfNull(field);
        return DeclareIndex(new TagIndex<T, TValue>(this, name, entity => value(field.Of(entity)), boxed => value(FromBoxed<TField>(boxed)), revision, null) { Source = field });
    }

    /// <summary>Declares a tag index on any number of values.</summary>
    /// <typeparam name="TValue">The type of the values.</typeparam>
    /// <param name="name">The name, part of its key; unique in the model.</param>
    /// <param name="values">Gives an entity's values; nulls among them are passed over, equal ones count once.</param>
    /// <param name="when">Which entities have an entry; null for all that have a value.</param>
    /// <param name="revision">1, and one more whenever what makes the value changes: an index of another revision is built anew.</param>
    /// <returns>The handle; keep it in a property.</returns>
    /// <exception cref="ModelException">The name is not valid or taken, or the model is closed.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The revision is less than 1.</exception>
    protected TagIndex<T, TValue> Tags<TValue>(string name, Func<T, IEnumerable<TValue>?> values, Func<T, bool>? when = null, int revision = 1)
    {
        ArgumentNullException.ThrowIfNull(values);
        return DeclareIndex(new TagIndex<T, TValue>(this, name, values, null, revision, when));
    }

    /// <summary>Declares a tag index over a collection: a patch of the collection keeps it right without reading the entity.</summary>
    /// <typeparam name="TItem">The type of the items.</typeparam>
    /// <param name="name">The name, part of its key; unique in the model.</param>
    /// <param name="field">The collection; nulls in it are passed over, equal items count once.</param>
    /// <param name="revision">1, and one more whenever what makes the value changes: an index of another revision is built anew.</param>
    /// <returns>The handle; keep it in a property.</returns>
    /// <exception cref="ModelException">The name is not valid or taken, or the model is closed.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The revision is less than 1.</exception>
    protected TagIndex<T, TItem> Tags<TItem>(string name, EntityCollection<T, TItem> field, int revision = 1)
    {
        ArgumentNullException.ThrowIfNull(field);
        return DeclareIndex(new TagIndex<T, TItem>(this, name, field.Of, boxed => (IEnumerable<TItem>?)boxed, revision, null) { Source = field, IsDirect = true });
    }

    /// <summary>Declares a range index.</summary>
    /// <typeparam name="TValue">The type of the value: a number, a date, a duration or an enum, or one of these that may be null.</typeparam>
    /// <param name="name">The name, part of its key; unique in the model.</param>
    /// <param name="value">Gives an entity's value; null has no entry.</param>
    /// <param name="when">Which entities have an entry; null for all that have a value.</param>
    /// <param name="exact">Whether values are kept exactly, and not as scores; null for what suits the type: see <see cref="RangeIndex{T, TValue}"/>.</param>
    /// <param name="revision">1, and one more whenever what makes the value changes: an index of another revision is built anew.</param>
    /// <returns>The handle; keep it in a property.</returns>
    /// <exception cref="ModelException">The name is not valid or taken, or the model is closed.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The revision is less than 1.</exception>
    protected RangeIndex<T, TValue> Range<TValue>(string name, Func<T, TValue> value, Func<T, bool>? when = null, bool? exact = null, int revision = 1)
    {
        ArgumentNullException.ThrowIfNull(value);
        return DeclareIndex(new RangeIndex<T, TValue>(this, name, value, null, exact ?? IndexSignature.IsExactByDefault<TValue>(), revision, when));
    }

    /// <summary>Declares a range index over a field: a patch of the field keeps it right without reading the entity.</summary>
    /// <typeparam name="TValue">The type of the value: a number, a date, a duration or an enum, or one of these that may be null.</typeparam>
    /// <param name="name">The name, part of its key; unique in the model.</param>
    /// <param name="field">The field; null has no entry.</param>
    /// <param name="exact">Whether values are kept exactly, and not as scores; null for what suits the type: see <see cref="RangeIndex{T, TValue}"/>.</param>
    /// <param name="revision">1, and one more whenever what makes the value changes: an index of another revision is built anew.</param>
    /// <returns>The handle; keep it in a property.</returns>
    /// <exception cref="ModelException">The name is not valid or taken, or the model is closed.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The revision is less than 1.</exception>
    protected RangeIndex<T, TValue> Range<TValue>(string name, EntityField<T, TValue> field, bool? exact = null, int revision = 1)
    {
        ArgumentNullException.ThrowIfNull(field);
        return DeclareIndex(new RangeIndex<T, TValue>(this, name, field.Of, FromBoxed<TValue>, exact ?? IndexSignature.IsExactByDefault<TValue>(), revision, null) { Source = field, IsDirect = true });
    }

    /// <summary>Declares a composite index of two parts.</summary>
    /// <typeparam name="T1">The type of the first part.</typeparam>
    /// <typeparam name="T2">The type of the second part.</typeparam>
    /// <param name="name">The name, part of its key; unique in the model.</param>
    /// <param name="part1">Gives an entity's first part: a text, number, date, duration, enum, bool or Guid, or null.</param>
    /// <param name="part2">Gives an entity's second part: a text, number, date, duration, enum, bool or Guid, or null.</param>
    /// <param name="descending">Which parts are held with the greatest value first.</param>
    /// <param name="when">Which entities have an entry; null for all that have a value.</param>
    /// <param name="revision">1, and one more whenever what makes the value changes: an index of another revision is built anew.</param>
    /// <returns>The handle; keep it in a property.</returns>
    /// <exception cref="ModelException">The name is not valid or taken, or the model is closed.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The revision is less than 1.</exception>
    protected CompositeIndex<T, T1, T2> Composite<T1, T2>(string name, Func<T, T1> part1, Func<T, T2> part2, CompositeParts descending = CompositeParts.None, Func<T, bool>? when = null, int revision = 1)
    {
        ArgumentNullException.ThrowIfNull(part1);
        ArgumentNullException.ThrowIfNull(part2);
        return DeclareIndex(new CompositeIndex<T, T1, T2>(this, name, part1, part2, descending, revision, when));
    }

    /// <summary>Declares a composite index of three parts.</summary>
    /// <typeparam name="T1">The type of the first part.</typeparam>
    /// <typeparam name="T2">The type of the second part.</typeparam>
    /// <typeparam name="T3">The type of the third part.</typeparam>
    /// <param name="name">The name, part of its key; unique in the model.</param>
    /// <param name="part1">Gives an entity's first part: a text, number, date, duration, enum, bool or Guid, or null.</param>
    /// <param name="part2">Gives an entity's second part: a text, number, date, duration, enum, bool or Guid, or null.</param>
    /// <param name="part3">Gives an entity's third part: a text, number, date, duration, enum, bool or Guid, or null.</param>
    /// <param name="descending">Which parts are held with the greatest value first.</param>
    /// <param name="when">Which entities have an entry; null for all that have a value.</param>
    /// <param name="revision">1, and one more whenever what makes the value changes: an index of another revision is built anew.</param>
    /// <returns>The handle; keep it in a property.</returns>
    /// <exception cref="ModelException">The name is not valid or taken, or the model is closed.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The revision is less than 1.</exception>
    protected CompositeIndex<T, T1, T2, T3> Composite<T1, T2, T3>(string name, Func<T, T1> part1, Func<T, T2> part2, Func<T, T3> part3, CompositeParts descending = CompositeParts.None, Func<T, bool>? when = null, int revision = 1)
    {
        ArgumentNullException.ThrowIfNull(part1);
        ArgumentNullException.ThrowIfNull(part2);
        ArgumentNullException.ThrowIfNull(part3);
        return DeclareIndex(new CompositeIndex<T, T1, T2, T3>(this, name, part1, part2, part3, descending, revision, when));
    }

    /// <summary>Declares a composite index of four parts.</summary>
    /// <typeparam name="T1">The type of the first part.</typeparam>
    /// <typeparam name="T2">The type of the second part.</typeparam>
    /// <typeparam name="T3">The type of the third part.</typeparam>
    /// <typeparam name="T4">The type of the fourth part.</typeparam>
    /// <param name="name">The name, part of its key; unique in the model.</param>
    /// <param name="part1">Gives an entity's first part: a text, number, date, duration, enum, bool or Guid, or null.</param>
    /// <param name="part2">Gives an entity's second part: a text, number, date, duration, enum, bool or Guid, or null.</param>
    /// <param name="part3">Gives an entity's third part: a text, number, date, duration, enum, bool or Guid, or null.</param>
    /// <param name="part4">Gives an entity's fourth part: a text, number, date, duration, enum, bool or Guid, or null.</param>
    /// <param name="descending">Which parts are held with the greatest value first.</param>
    /// <param name="when">Which entities have an entry; null for all that have a value.</param>
    /// <param name="revision">1, and one more whenever what makes the value changes: an index of another revision is built anew.</param>
    /// <returns>The handle; keep it in a property.</returns>
    /// <exception cref="ModelException">The name is not valid or taken, or the model is closed.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The revision is less than 1.</exception>
    protected CompositeIndex<T, T1, T2, T3, T4> Composite<T1, T2, T3, T4>(string name, Func<T, T1> part1, Func<T, T2> part2, Func<T, T3> part3, Func<T, T4> part4, CompositeParts descending = CompositeParts.None, Func<T, bool>? when = null, int revision = 1)
    {
        ArgumentNullException.ThrowIfNull(part1);
        ArgumentNullException.ThrowIfNull(part2);
        ArgumentNullException.ThrowIfNull(part3);
        ArgumentNullException.ThrowIfNull(part4);
        return DeclareIndex(new CompositeIndex<T, T1, T2, T3, T4>(this, name, part1, part2, part3, part4, descending, revision, when));
    }

    /// <summary>Declares an index on a text, by its beginning and in its order.</summary>
    /// <param name="name">The name, part of its key; unique in the model.</param>
    /// <param name="value">Gives an entity's text, normalized; null has no entry.</param>
    /// <param name="when">Which entities have an entry; null for all that have a value.</param>
    /// <param name="revision">1, and one more whenever what makes the value changes: an index of another revision is built anew.</param>
    /// <returns>The handle; keep it in a property.</returns>
    /// <exception cref="ModelException">The name is not valid or taken, or the model is closed.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The revision is less than 1.</exception>
    protected PrefixIndex<T> Prefix(string name, Func<T, string?> value, Func<T, bool>? when = null, int revision = 1)
    {
        ArgumentNullException.ThrowIfNull(value);
        return DeclareIndex(new PrefixIndex<T>(this, name, value, null, revision, when));
    }

    /// <summary>Declares an index on what a function makes of a text field: a patch of the field keeps it right without reading the entity.</summary>
    /// <param name="name">The name, part of its key; unique in the model.</param>
    /// <param name="field">The field.</param>
    /// <param name="value">Gives the text of a field's value; null has no entry.</param>
    /// <param name="revision">1, and one more whenever what makes the value changes: an index of another revision is built anew.</param>
    /// <returns>The handle; keep it in a property.</returns>
    /// <exception cref="ModelException">The name is not valid or taken, or the model is closed.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The revision is less than 1.</exception>
    protected PrefixIndex<T> Prefix(string name, EntityField<T, string> field, Func<string?, string?> value, int revision = 1)
    {
        ArgumentNullException.ThrowIfNull(value);
        ArgumentNullException.ThrowIfNull(field);
        return DeclareIndex(new PrefixIndex<T>(this, name, entity => value(field.Of(entity)), boxed => value((string?)boxed), revision, null) { Source = field });
    }

    /// <summary>Declares an index on several words of an entity, by their beginnings.</summary>
    /// <param name="name">The name, part of its key; unique in the model.</param>
    /// <param name="words">Gives an entity's words, normalized; null and empty ones are passed over, equal ones count once.</param>
    /// <param name="when">Which entities have an entry; null for all that have a value.</param>
    /// <param name="revision">1, and one more whenever what makes the value changes: an index of another revision is built anew.</param>
    /// <returns>The handle; keep it in a property.</returns>
    /// <exception cref="ModelException">The name is not valid or taken, or the model is closed.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The revision is less than 1.</exception>
    protected WordsIndex<T> Words(string name, Func<T, IEnumerable<string?>?> words, Func<T, bool>? when = null, int revision = 1)
    {
        ArgumentNullException.ThrowIfNull(words);
        return DeclareIndex(new WordsIndex<T>(this, name, words, null, revision, when));
    }

    /// <summary>Declares an index on the words that a function makes of a text field: a patch of the field keeps it right without reading the entity.</summary>
    /// <param name="name">The name, part of its key; unique in the model.</param>
    /// <param name="field">The field.</param>
    /// <param name="words">Gives the words of a field's value, normalized; null and empty ones are passed over, equal ones count once.</param>
    /// <param name="revision">1, and one more whenever what makes the value changes: an index of another revision is built anew.</param>
    /// <returns>The handle; keep it in a property.</returns>
    /// <exception cref="ModelException">The name is not valid or taken, or the model is closed.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The revision is less than 1.</exception>
    protected WordsIndex<T> Words(string name, EntityField<T, string> field, Func<string?, IEnumerable<string?>?> words, int revision = 1)
    {
        ArgumentNullException.ThrowIfNull(field);
        ArgumentNullException.ThrowIfNull(words);
        return DeclareIndex(new WordsIndex<T>(this, name, entity => words(field.Of(entity)), boxed => words((string?)boxed), revision, null) { Source = field });
    }

    /// <summary>Declares an index on a place on the earth.</summary>
    /// <param name="name">The name, part of its key; unique in the model.</param>
    /// <param name="place">Gives an entity's place; null has no entry.</param>
    /// <param name="when">Which entities have an entry; null for all that have a value.</param>
    /// <param name="revision">1, and one more whenever what makes the value changes: an index of another revision is built anew.</param>
    /// <returns>The handle; keep it in a property.</returns>
    /// <exception cref="ModelException">The name is not valid or taken, or the model is closed.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The revision is less than 1.</exception>
    protected GeoIndex<T> Geo(string name, Func<T, GeoPosition?> place, Func<T, bool>? when = null, int revision = 1)
    {
        ArgumentNullException.ThrowIfNull(place);
        return DeclareIndex(new GeoIndex<T>(this, name, place, null, revision, when));
    }

    private static TValue FromBoxed<TValue>(object? value) => (TValue)value!;

    private TField Declare<TField>(TField field)
        where TField : EntityField<T>
    {
        ThrowIfClosed();
        if (_fields.Exists(other => other.Name == field.Name))
        {
            throw new ModelException($"{field}: the field is declared twice.");
        }

        _fields.Add(field);
        return field;
    }

    private void Expire(ExpiryRule<T> rule)
    {
        ThrowIfClosed();
        _expiry = _expiry is null ? rule : throw new ModelException($"{Name}: expiry is declared twice.");
    }

    private TIndex DeclareIndex<TIndex>(TIndex index)
        where TIndex : EntityIndex<T>
    {
        ThrowIfClosed();
        if (!_indexNames.Add(index.Name))
        {
            throw new ModelException($"{index}: the name is taken by another index of the model.");
        }

        index.Place = _indexes.Count(other => IndexForms.AreTogether(other.Slot.Form, index.Slot.Form));
        _indexes.Add(index);
        return index;
    }

    private protected void ThrowIfClosed()
    {
        if (_closed is not null)
        {
            throw new ModelException($"{Name}: the model is in use and can not be changed.");
        }
    }
}
