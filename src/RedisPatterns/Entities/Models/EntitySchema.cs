using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace RedisPatterns;

/// <summary>A closed model: what a repository needs of it, in the order in which scripts want it.</summary>
internal sealed class EntitySchema<T>
    where T : class
{
    private readonly EntityModelBase<T> _model;
    private readonly EntityIndex<T>[] _indexes;
    private readonly EntityField<T>[] _fields;
    private volatile EntityField<T>[] _perhapsId;
    private readonly Func<T, long>? _readVersion;
    private readonly Func<T, long, T>? _writeVersion;

    public EntitySchema(
        EntityModelBase<T> model,
        EntityIndex<T>[] indexes,
        EntityField<T>[] fields,
        EntityLayout layout,
        ExpiryRule<T>? expiry,
        SchemaBuilder? schema,
        Func<T, long>? readVersion,
        Func<T, long, T>? writeVersion,
        string? versionMember)
    {
        _model = model;
        _indexes = [.. indexes.OrderBy(index => IndexForms.RankOf(index.Slot.Form))];
        _fields = fields;
        _perhapsId = Array.FindAll(fields, model.CouldBeId);
        _readVersion = readVersion;
        _writeVersion = writeVersion;
        Layout = layout;
        Expiry = expiry;
        var options = Json?.Options ?? new JsonSerializerOptions();
        Plan = schema?.Close(options) ?? SchemaPlan.None(Name, options);
        Shape = new EntityShape([.. indexes.Select(index => index.Slot)])
        {
            Definitions = [.. _indexes.Select(index => index.Definition)],
            Layout = layout.Kind,
            HasMemo = _indexes.Length > 0 || readVersion is not null,
            Expires = expiry is not null,
            IsJson = Json is not null,
            GuardsSchema = schema is not null && _indexes.Length == 0 && readVersion is null,
            Schema = Plan.Version,
            Grace = layout.Grace.Ticks / TimeSpan.TicksPerMillisecond,
        };
        if (Shape.SegmentCount > EntityShape.GreatestSegmentCount || Shape.Ranges.Count > EntityShape.GreatestRangeCount)
        {
            throw new ModelException($"{Name}: a model has at most {EntityShape.GreatestSegmentCount} indexes that are not held as scores, and {EntityShape.GreatestRangeCount} that are.");
        }

        if (Json is null)
        {
            CloseFormat();
        }
        else
        {
            CloseJson(Json, versionMember);
        }
    }

    public EntityModelBase<T> Model => _model;

    public string Name => _model.Name;

    public EntityShape Shape { get; }

    public EntityLayout Layout { get; }

    public SchemaPlan Plan { get; }

    public ExpiryRule<T>? Expiry { get; }

    public JsonTypeInfo<T>? Json => _model.Json;

    public IEntityFormat<T>? Format => _model.Format;

    /// <summary>The names of the members that the type knows.</summary>
    public NameTable Names { get; private set; } = new([]);

    /// <summary>The members that the type knows.</summary>
    public string[] Members { get; private set; } = [];

    /// <summary>The member that holds the version; null without one, or where it is not known.</summary>
    public string? VersionMember { get; private set; }

    public ReadOnlySpan<EntityIndex<T>> Indexes => _indexes;

    public bool IsVersioned => _readVersion is not null;

    /// <summary>Refuses an expiry that a call gives, where the model has no rule.</summary>
    /// <exception cref="ModelException">The model does not say that its entities may expire.</exception>
    public void ThrowIfNeverExpires()
    {
        if (Expiry is null)
        {
            throw new ModelException($"{Name}: the model does not say that its entities may expire; declare MayExpire or another rule.");
        }
    }

    /// <summary>The refusal of an index whose definition in the store is another.</summary>
    /// <param name="place">Its place; -1 for the list of entities.</param>
    public ModelException OtherDefinition(int place) =>
        new($"{(place < 0 ? Name : _indexes[place].ToString())}: the store has this index with another definition; declare another revision of it. Nothing was written.");

    /// <summary>The token of an id.</summary>
    public string TokenOf(string? id) => string.IsNullOrEmpty(id) ? throw new EntityIdException(Name) : KeyGrammar.Escape(id);

    public string TokenOf(T entity) => TokenOf(_model.IdTextOf(entity));

    public long VersionOf(T entity) => _readVersion!(entity);

    public T WithVersion(T entity, long version) => _writeVersion is null ? entity : _writeVersion(entity, version);

    /// <summary>Whether a field may be the id, for all that is known: no entity was seen in which it is not.</summary>
    public bool MayBeId(EntityField<T> field) => Array.IndexOf(_perhapsId, field) >= 0;

    /// <summary>Sees an entity: a field that is not its id is not the id of any.</summary>
    public void See(T entity)
    {
        var fields = _perhapsId;
        foreach (var field in fields)
        {
            if (!_model.IsId(field.ValueOf(entity), entity))
            {
                _perhapsId = Without(fields, entity);
                return;
            }
        }
    }

    private EntityField<T>[] Without(EntityField<T>[] fields, T entity) => Array.FindAll(fields, field => _model.IsId(field.ValueOf(entity), entity));

    /// <summary>Writes the entity's index entries as the script takes them.</summary>
    public void EntriesOf(T entity, Span<StoreValue> entries)
    {
        for (var i = 0; i < _indexes.Length; i++)
        {
            entries[i] = _indexes[i].EntryOf(entity);
        }
    }

    /// <summary>The entity as JSON, without what stands beside it.</summary>
    public byte[] Serialize(T entity) => JsonSerializer.SerializeToUtf8Bytes(entity, Json!);

    /// <summary>
    /// The document in two halves, between which the script puts the version that only it knows. The place is found by
    /// serializing the entity with a version that no document holds by chance.
    /// </summary>
    public (ReadOnlyMemory<byte> Head, ReadOnlyMemory<byte> Tail) SerializeAround(T entity)
    {
        while (true)
        {
            var mark = Random.Shared.NextInt64(long.MaxValue / 10, long.MaxValue);
            var document = Serialize(WithVersion(entity, mark));
            var text = ((StoreValue)mark).AsMemory().Span;
            var at = document.AsSpan().IndexOf(text);
            if (at < 0)
            {
                throw new ModelException($"{Name}: the version is not part of the document; the model's version must be serialized.");
            }

            if (document.AsSpan(at + text.Length).IndexOf(text) < 0)
            {
                return (document.AsMemory(0, at), document.AsMemory(at + text.Length));
            }
        }
    }

    /// <summary>The version of the schema that a document has after a change: newer data stays newer where the model preserves what it does not know.</summary>
    public int SchemaAfter(int stored) => Plan.PreservesUnknownMembers ? Math.Max(stored, Plan.Version) : Plan.Version;

    /// <summary>A document as this code can read it: upgraded; newer ones as they are, where the model preserves what it does not know.</summary>
    public ReadOnlyMemory<byte> Upgraded(ReadOnlyMemory<byte> body, int schema, string keyPattern) =>
        schema == Plan.Version || (schema > Plan.Version && Plan.PreservesUnknownMembers) ? body : Plan.Upgrade(body, schema, keyPattern);

    /// <summary>Whether a document of a version of the schema is to be written back when it was read.</summary>
    public bool IsWrittenBack(int schema) => schema < Plan.Version && Plan.WritesBack;

    /// <summary>Reads JSON of a version of the schema.</summary>
    public T Read(ReadOnlyMemory<byte> body, int schema, string keyPattern)
    {
        try
        {
            if (schema != Plan.Version)
            {
                body = Upgraded(body, schema, keyPattern);
            }

            var entity = JsonSerializer.Deserialize(body.Span, Json!) ?? throw new JsonException("The document is null.");
            if (_perhapsId.Length > 0)
            {
                See(entity);
            }

            return entity;
        }
        catch (Exception exception) when (exception is JsonException or NotSupportedException or FormatException)
        {
            throw new EntityFormatException(Name, keyPattern, exception, schema);
        }
    }

    private void CloseFormat()
    {
        if (Layout.Kind is LayoutKind.Hash or LayoutKind.Attributes)
        {
            throw new ModelException($"{Name}: entities whose fields lie apart are written as JSON; another format needs whole documents or chunks.");
        }

        if (_fields.Length > 0)
        {
            throw new ModelException($"{_fields[0]}: only JSON has fields.");
        }

        if (Plan.PreservesUnknownMembers)
        {
            throw new ModelException($"{Name}: only JSON has members that can be preserved.");
        }

        if (Plan.Least < Plan.Version)
        {
            throw new ModelException($"{Name}: upgrades are of JSON; another format reads its older versions itself.");
        }
    }

    private void CloseJson(JsonTypeInfo<T> json, string? versionMember)
    {
        json.Options.MakeReadOnly();
        Members = [.. json.Properties.Select(member => member.Name)];
        Names = NameTable.Of(json);
        if (Array.IndexOf(Members, SchemaHeader.Field) >= 0)
        {
            throw new ModelException($"{Name}: a member can not be called {SchemaHeader.Field}; the schema's version stands there.");
        }

        if (Layout.Kind is LayoutKind.Hash or LayoutKind.Attributes && json.Kind != JsonTypeInfoKind.Object)
        {
            throw new ModelException($"{Name}: entities whose fields lie apart must be JSON objects; the type has a converter of its own.");
        }

        foreach (var field in _fields)
        {
            field.Bind(json);
        }

        if (!IsVersioned)
        {
            return;
        }

        VersionMember = versionMember is null
            ? Members.FirstOrDefault(member => member.Equals("version", StringComparison.OrdinalIgnoreCase))
            : Array.Find(Members, member => member == versionMember) ?? throw new ModelException($"{Name}: the JSON has no member {versionMember} for the version.");
        if (VersionMember is null && (Layout.Kind is LayoutKind.Hash or LayoutKind.Attributes || _fields.Length > 0))
        {
            throw new ModelException($"{Name}: say which member of the JSON holds the version.");
        }
    }
}
