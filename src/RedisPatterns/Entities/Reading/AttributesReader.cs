using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Text.Json;
using RedisPatterns.Commands;

namespace RedisPatterns;

/// <summary>Reads entities whose attributes are keys: the list of them and those that the model knows in one command.</summary>
internal sealed class AttributesReader<T> : EntityReader<T>
    where T : class
{
    private readonly string[] _known;
    private readonly string[] _suffixes;
    private readonly StoreValue[] _names;

    // Nearly all entities of a model have the same list: what it says is worked out once.
    private volatile AttributeRow? _last;

    public AttributesReader(EntityStorage<T> storage)
        : base(storage)
    {
        _known = [.. storage.Schema.Members.Select(KeyGrammar.Escape)];
        _names = Array.ConvertAll(_known, name => (StoreValue)name);
        _suffixes = Array.ConvertAll(_known, name => KeyGrammar.Attribute("", name));
    }

    private int KeysPerEntity => _known.Length + 1;

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public override async ValueTask<T?> GetAsync(string token, CancellationToken cancellationToken)
    {
        var keys = new StoreValue[KeysPerEntity];
        FillKeys(token, keys);
        var values = await Storage.Store.SendAsync(Read(keys), cancellationToken).ConfigureAwait(false);
        if (values[0].IsNull)
        {
            return null;
        }

        if (Window is { } window)
        {
            await TouchAsync(token, window, cancellationToken).ConfigureAwait(false);
        }

        var (row, texts) = (RowOf(values[0]), (ReadOnlyMemory<StoreValue>)values.AsMemory(1));
        if (row is null)
        {
            (row, texts) = await CompleteAsync(token, values, cancellationToken).ConfigureAwait(false);
            if (row is null)
            {
                return null;
            }
        }

        var entity = Read(row, texts.Span);
        if (Schema.IsWrittenBack(row.Schema))
        {
            await WriteBackAsync([token], cancellationToken).ConfigureAwait(false);
        }

        return entity;
    }

    public override async ValueTask<T?[]> GetManyAsync(string[] tokens, bool slides, Action<UnreadableEntity>? unreadable, CancellationToken cancellationToken)
    {
        var values = await ReadAsync(tokens, cancellationToken).ConfigureAwait(false);
        var entities = new T?[tokens.Length];
        var old = new List<string>();
        for (var i = 0; i < tokens.Length; i++)
        {
            if (values[i].Span[0].IsNull)
            {
                continue;
            }

            if (slides && Window is { } window)
            {
                await TouchAsync(tokens[i], window, cancellationToken).ConfigureAwait(false);
            }

            try
            {
                var (row, texts) = (RowOf(values[i].Span[0]), values[i][1..]);
                if (row is null)
                {
                    (row, texts) = await CompleteAsync(tokens[i], values[i], cancellationToken).ConfigureAwait(false);
                }

                if (row is not null)
                {
                    entities[i] = Read(row, texts.Span);
                    if (slides && Schema.IsWrittenBack(row.Schema))
                    {
                        old.Add(tokens[i]);
                    }
                }
            }
            catch (EntityException error) when (unreadable is not null)
            {
                unreadable(new UnreadableEntity(KeyGrammar.Unescape(tokens[i]), error));
            }
        }

        if (old.Count > 0)
        {
            await WriteBackAsync(old, cancellationToken).ConfigureAwait(false);
        }

        return entities;
    }

    public override async ValueTask<StoredEntity?> ReadStoredAsync(string token, CancellationToken cancellationToken)
    {
        var values = (await ReadAsync([token], cancellationToken).ConfigureAwait(false))[0];
        if (values.Span[0].IsNull)
        {
            return null;
        }

        var (row, texts) = await CompleteAsync(token, values, cancellationToken).ConfigureAwait(false);
        if (row is null)
        {
            return null;
        }

        using var body = PooledBuffer.Rent();
        Join(row, texts.Span, body);
        var parts = new List<StoreValue> { row.List };
        foreach (var place in row.Places)
        {
            parts.Add(texts.Span[place] is { IsNull: false } text ? text : "");
        }

        return new(row.Schema, body.ToArray(), 0, EntityState.DigestOf(EntityState.Join(parts))) { Attributes = AttributeList.Names(row.List.AsText()) };
    }

    public override Func<string> AddDigest(AtomicBatch batch, string token, StoredEntity stored)
    {
        var key = Keys.Entity(token);
        var values = batch.Add(Strings.GetMany([key, .. stored.Attributes.Select(name => (StoreKey)KeyGrammar.Attribute(key.ToString(), name))]));
        return () => EntityState.DigestOf(EntityState.Join(values.Value.Select(value => value.IsNull ? "" : value)));
    }

    public override async ValueTask<EntityFields<T>?> GetFieldsAsync(string token, EntityField<T>[] fields, bool slides, CancellationToken cancellationToken)
    {
        var entityKey = Keys.Entity(token);
        var prefix = entityKey.ToString();
        var values = await Storage.Store.SendAsync(
            Strings.GetMany([entityKey, .. fields.Select(field => (StoreKey)KeyGrammar.Attribute(prefix, KeyGrammar.Escape(field.Name)))]), cancellationToken).ConfigureAwait(false);
        if (values[0].IsNull)
        {
            return null;
        }

        if (slides && Window is { } window)
        {
            await TouchAsync(token, window, cancellationToken).ConfigureAwait(false);
        }

        if (SchemaOf(values[0]) == Schema.Plan.Version)
        {
            return new EntityFields<T>(fields, values[1..]);
        }

        return await ReadStoredAsync(token, cancellationToken).ConfigureAwait(false) is { } stored ? FieldsOf(stored, fields) : null;
    }

    public override StoreValue[] ContentNames => _names;

    // An entity may have attributes that the model does not know.
    public override bool TryReadContent(StoreReply content, [NotNullWhen(true)] out T? entity)
    {
        var values = Replies.ToArray(content, Replies.ToValue);
        var row = RowOf(values[0]) ?? RowOf(values[0], _known);
        _last = row ?? _last;
        entity = row is null ? null : Read(row, values.AsSpan(1));
        return entity is not null;
    }

    public override StoreValue[] NamesOf(EntityField<T>[] fields) => [.. fields.Select(field => (StoreValue)KeyGrammar.Escape(field.Name))];

    public override bool TryReadFields(StoreReply content, EntityField<T>[] fields, [NotNullWhen(true)] out EntityFields<T>? read)
    {
        var values = Replies.ToArray(content, Replies.ToValue);
        read = SchemaOf(values[0]) == Schema.Plan.Version ? new EntityFields<T>(fields, values[1..]) : null;
        return read is not null;
    }

    private T Read(AttributeRow row, ReadOnlySpan<StoreValue> texts)
    {
        using var body = PooledBuffer.Rent();
        Join(row, texts, body);
        return Schema.Read(body.WrittenMemory, row.Schema, Keys.EntityPattern);
    }

    private void Join(AttributeRow row, ReadOnlySpan<StoreValue> texts, PooledBuffer body)
    {
        try
        {
            FieldJson.Begin(body);
            for (var i = 0; i < row.Heads.Length; i++)
            {
                FieldJson.AddHeaded(row.Heads[i], texts[row.Places[i]], body);
            }

            FieldJson.End(body);
        }
        catch (JsonException exception)
        {
            throw new EntityFormatException(Schema.Name, Keys.EntityPattern, exception);
        }
    }

    private static StoreCommand<StoreValue[]> Read(StoreValue[] keys) => new(CommandTable.MGet, Replies.Values, keys);

    private void FillKeys(string token, Span<StoreValue> keys)
    {
        var entityKey = Keys.Entity(token);
        keys[0] = StoreValue.FromKey(entityKey);
        var prefix = entityKey.ToString();
        for (var i = 0; i < _suffixes.Length; i++)
        {
            keys[i + 1] = StoreValue.FromKey(prefix + _suffixes[i]);
        }
    }

    // The list and the known attributes of each, in commands of a bounded number of keys and one round trip.
    private async ValueTask<ReadOnlyMemory<StoreValue>[]> ReadAsync(string[] tokens, CancellationToken cancellationToken)
    {
        var pipeline = new StorePipeline();
        var width = KeysPerEntity;
        var perCommand = Math.Max(1, EntitiesPerCommand / width);
        var replies = new List<PendingReply<StoreValue[]>>();
        for (var from = 0; from < tokens.Length; from += perCommand)
        {
            var count = Math.Min(perCommand, tokens.Length - from);
            var keys = new StoreValue[count * width];
            for (var i = 0; i < count; i++)
            {
                FillKeys(tokens[from + i], keys.AsSpan(i * width, width));
            }

            replies.Add(pipeline.Add(Read(keys)));
        }

        await Storage.Store.SendAsync(pipeline, cancellationToken).ConfigureAwait(false);
        var rows = new ReadOnlyMemory<StoreValue>[tokens.Length];
        for (var i = 0; i < rows.Length; i++)
        {
            rows[i] = replies[i / perCommand].Value.AsMemory(i % perCommand * width, width);
        }

        return rows;
    }

    // What the list says, if it says what the last one said.
    private AttributeRow? RowOf(StoreValue list) => _last is { } last && last.List == list ? last : null;

    // What the list says of the values that were read with it. An entity may have attributes that the model does not know;
    // these are read with the list once more. No row when the entity has gone meanwhile.
    private async ValueTask<(AttributeRow? Row, ReadOnlyMemory<StoreValue> Texts)> CompleteAsync(string token, ReadOnlyMemory<StoreValue> values, CancellationToken cancellationToken)
    {
        var list = values.Span[0];
        var read = _known;
        while (!list.IsNull)
        {
            var row = RowOf(list, read);
            if (row is not null)
            {
                if (ReferenceEquals(read, _known))
                {
                    _last = row;
                }

                return (row, values[1..]);
            }

            read = AttributeList.Names(list.AsText());
            var entityKey = Keys.Entity(token);
            var prefix = entityKey.ToString();
            values = await Storage.Store.SendAsync(
                Strings.GetMany([entityKey, .. read.Select(name => (StoreKey)KeyGrammar.Attribute(prefix, name))]), cancellationToken).ConfigureAwait(false);
            list = values.Span[0];
        }

        return default;
    }

    // Null when not all that is listed was read.
    private AttributeRow? RowOf(StoreValue list, string[] read)
    {
        var names = AttributeList.Names(list.AsText());
        var places = Array.ConvertAll(names, name => Array.IndexOf(read, name));
        return Array.IndexOf(places, -1) >= 0
            ? null
            : new AttributeRow(list, SchemaOf(list), Array.ConvertAll(names, name => FieldJson.HeadOf(KeyGrammar.Unescape(name))), places);
    }

    private int SchemaOf(StoreValue list) => AttributeList.TryReadSchema(list.AsText()!, out var schema)
        ? schema
        : throw new EntityFormatException(Schema.Name, Keys.EntityPattern, null);
}
