using System.Text.Json;

namespace RedisPatterns;

/// <summary>A closed model: what a repository needs of it, in the order in which scripts want it.</summary>
internal sealed class EntitySchema<T>
    where T : class
{
    private readonly EntityModel<T> _model;
    private readonly EntityIndex<T>[] _indexes;
    private readonly Func<T, long>? _readVersion;
    private readonly Func<T, long, T>? _writeVersion;

    public EntitySchema(
        EntityModel<T> model,
        EntityIndex<T>[] uniques,
        EntityIndex<T>[] tags,
        EntityIndex<T>[] ranges,
        Func<T, long>? readVersion,
        Func<T, long, T>? writeVersion)
    {
        _model = model;
        _indexes = [.. uniques, .. tags, .. ranges];
        _readVersion = readVersion;
        _writeVersion = writeVersion;
        Shape = new EntityShape(
            [.. uniques.Select(index => index.Name)],
            [.. tags.Select(index => (index.Name, IsMany(index)))],
            [.. ranges.Select(index => index.Name)]);
    }

    public string Name => _model.Name;

    public EntityShape Shape { get; }

    public bool IsVersioned => _readVersion is not null;

    /// <summary>The token of an id.</summary>
    public string TokenOf(string? id) => string.IsNullOrEmpty(id) ? throw new EntityIdException(Name) : KeyGrammar.Escape(id);

    public string TokenOf(T entity) => TokenOf(_model.Id(entity));

    public long VersionOf(T entity) => _readVersion!(entity);

    public T WithVersion(T entity, long version) => _writeVersion is null ? entity : _writeVersion(entity, version);

    /// <summary>Writes the entity's index entries as the script takes them.</summary>
    public void EntriesOf(T entity, Span<StoreValue> entries)
    {
        for (var i = 0; i < _indexes.Length; i++)
        {
            entries[i] = _indexes[i].EntryOf(entity);
        }
    }

    public byte[] Serialize(T entity) => JsonSerializer.SerializeToUtf8Bytes(entity, _model.Json);

    /// <summary>
    /// The document in two halves, between which the script puts the version that only it knows. The place is found by
    /// serializing the entity with a version that no document holds by chance.
    /// </summary>
    public (ReadOnlyMemory<byte> Head, ReadOnlyMemory<byte> Tail) SerializeAround(T entity, out T marked)
    {
        while (true)
        {
            var mark = Random.Shared.NextInt64(long.MaxValue / 10, long.MaxValue);
            marked = WithVersion(entity, mark);
            var document = Serialize(marked);
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

    public T Deserialize(StoreValue document, EntityKeys keys)
    {
        try
        {
            return JsonSerializer.Deserialize(document.AsMemory().Span, _model.Json)
                ?? throw new EntityFormatException(Name, keys.EntityPattern, null);
        }
        catch (Exception exception) when (exception is JsonException or NotSupportedException)
        {
            throw new EntityFormatException(Name, keys.EntityPattern, exception);
        }
    }

    private static bool IsMany(EntityIndex<T> index) => index is IManyValued { IsMany: true };
}
