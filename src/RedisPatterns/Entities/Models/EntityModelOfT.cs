using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization.Metadata;

namespace RedisPatterns;

/// <summary>The model of a type of entities whose ids are of one type.</summary>
/// <typeparam name="T">The type of the entities.</typeparam>
/// <typeparam name="TId">The type of the ids.</typeparam>
public abstract class EntityModel<T, TId> : EntityModelBase<T>
    where T : class
{
    private readonly Func<T, TId> _id;
    private readonly IdConverter<TId> _converter;
    private IdGenerator<TId>? _generator;
    private Func<T, TId, T>? _writeId;

    /// <summary>A model.</summary>
    /// <param name="name">The name, part of every key: 1 to 64 letters, digits, '-', '_' or '.'.</param>
    /// <param name="id">Gives an entity's id.</param>
    /// <param name="json">How entities are written as JSON and read back; from a source-generated context.</param>
    /// <param name="converter">Turns ids into text and back; null for strings, Guids, ULIDs and integers.</param>
    /// <exception cref="ModelException">The name is not valid, or the type of the ids needs a converter.</exception>
    protected EntityModel(string name, Func<T, TId> id, JsonTypeInfo<T> json, IdConverter<TId>? converter = null)
        : base(name, json, null)
    {
        ArgumentNullException.ThrowIfNull(id);
        ArgumentNullException.ThrowIfNull(json);
        (_id, _converter) = (id, converter ?? IdConverter<TId>.Default);
    }

    /// <summary>A model whose entities are written in another format than JSON.</summary>
    /// <param name="name">The name, part of every key: 1 to 64 letters, digits, '-', '_' or '.'.</param>
    /// <param name="id">Gives an entity's id.</param>
    /// <param name="format">The format.</param>
    /// <param name="converter">Turns ids into text and back; null for strings, Guids, ULIDs and integers.</param>
    /// <exception cref="ModelException">The name is not valid, or the type of the ids needs a converter.</exception>
    protected EntityModel(string name, Func<T, TId> id, IEntityFormat<T> format, IdConverter<TId>? converter = null)
        : base(name, null, format)
    {
        ArgumentNullException.ThrowIfNull(id);
        ArgumentNullException.ThrowIfNull(format);
        (_id, _converter) = (id, converter ?? IdConverter<TId>.Default);
    }

    internal override bool IsId(object? value, T entity) => value is TId id && EqualityComparer<TId>.Default.Equals(id, _id(entity));

    internal override bool CouldBeId(EntityField<T> field) => field is EntityField<T, TId>;

    internal override string? IdTextOf(T entity) => TextOf(_id(entity));

    /// <summary>The token of an id.</summary>
    internal string TokenOf(TId id) => Closed.TokenOf(TextOf(id));

    /// <summary>Declares that an entity without an id is given one when it is inserted.</summary>
    /// <param name="generator">Makes the ids, such as <see cref="IdGenerators.GuidVersion7"/>.</param>
    /// <param name="write">Gives the entity with an id: the same object, changed, or a copy.</param>
    /// <exception cref="ModelException">It is declared twice, or the model is closed.</exception>
    protected void GenerateIds(IdGenerator<TId> generator, Func<T, TId, T> write)
    {
        ArgumentNullException.ThrowIfNull(generator);
        ArgumentNullException.ThrowIfNull(write);
        ThrowIfClosed();
        if (_generator is not null)
        {
            throw new ModelException($"{Name}: the generation of ids is declared twice.");
        }

        (_generator, _writeId) = (generator, write);
    }

    internal override bool NeedsId(T entity) =>
        _generator is not null && (_id(entity) is var id) && (EqualityComparer<TId>.Default.Equals(id, default) || id is "");

    internal override ValueTask<T> WithNewIdAsync(T entity, Keyspace keyspace, CancellationToken cancellationToken)
    {
        var context = new IdGeneration(keyspace, Name);
        return _generator!.TryNext(context, out var id) ? new(_writeId!(entity, id)) : Wait();

        async ValueTask<T> Wait() => _writeId!(entity, await _generator.NextAsync(context, cancellationToken).ConfigureAwait(false));
    }

    internal override bool TryGiveId(T entity, Keyspace keyspace, [NotNullWhen(true)] out T? given)
    {
        given = _generator!.TryNext(new IdGeneration(keyspace, Name), out var id) ? _writeId!(entity, id) : null;
        return given is not null;
    }

    private string? TextOf(TId id) => id is null ? null : _converter.ToText(id);
}
