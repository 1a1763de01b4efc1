using System.Globalization;
using System.Text.Json;
using RedisPatterns.Commands;

namespace RedisPatterns;

/// <summary>Reads entities whose attributes are keys: the list of them and those that the model knows in one command.</summary>
internal sealed class AttributesReader<T>(EntityStorage<T> storage) : EntityReader<T>(storage)
    where T : class
{
    private readonly string[] _known = [.. storage.Schema.Members.Select(KeyGrammar.Escape)];

    public override async ValueTask<T?> GetAsync(string token, CancellationToken cancellationToken) =>
        (await GetManyAsync([token], slides: true, null, cancellationToken).ConfigureAwait(false))[0];

    public override async ValueTask<T?[]> GetManyAsync(string[] tokens, bool slides, Action<UnreadableEntity>? unreadable, CancellationToken cancellationToken)
    {
        var rows = await ReadRowsAsync(tokens, slides, cancellationToken).ConfigureAwait(false);
        var entities = new T?[tokens.Length];
        var old = new List<string>();
        for (var i = 0; i < entities.Length; i++)
        {
            var row = rows[i];
            entities[i] = row is null ? null : unreadable is null ? Read(row) : ReadOrTell(tokens[i], unreadable, () => Read(row));
            if (row is not null && entities[i] is not null && Schema.IsWrittenBack(SchemaOf(row.List)))
            {
                old.Add(tokens[i]);
            }
        }

        if (old.Count > 0)
        {
            await WriteBackAsync(old, cancellationToken).ConfigureAwait(false);
        }

        return entities;
    }

    public override async ValueTask<StoredEntity?> ReadStoredAsync(string token, CancellationToken cancellationToken) =>
        (await ReadRowsAsync([token], slides: false, cancellationToken).ConfigureAwait(false))[0] is { } row ? StoredOf(row) : null;

    public override async ValueTask<EntityFields<T>?> GetFieldsAsync(string token, EntityField<T>[] fields, CancellationToken cancellationToken)
    {
        var key = Keys.Entity(token);
        var values = await Storage.Store.SendAsync(
            Strings.GetMany([key, .. fields.Select(field => AttributeKey(token, KeyGrammar.Escape(field.Name)))]), cancellationToken).ConfigureAwait(false);
        if (values[0].IsNull)
        {
            return null;
        }

        if (Window is { } window)
        {
            await TouchAsync(token, window, cancellationToken).ConfigureAwait(false);
        }

        if (SchemaOf(values[0].AsText()!) == Schema.Plan.Version)
        {
            return new EntityFields<T>(fields, values[1..]);
        }

        return await ReadStoredAsync(token, cancellationToken).ConfigureAwait(false) is { } stored ? FieldsOf(stored, fields) : null;
    }

    private T Read(Row row) => Read(StoredOf(row));

    private StoredEntity StoredOf(Row row)
    {
        try
        {
            using var body = PooledBuffer.Rent();
            FieldJson.Begin(body);
            for (var i = 0; i < row.Names.Length; i++)
            {
                if (!row.Texts[i].IsNull)
                {
                    FieldJson.Add(System.Text.Encoding.UTF8.GetBytes(KeyGrammar.Unescape(row.Names[i])), row.Texts[i], body);
                }
            }

            FieldJson.End(body);
            var digest = EntityState.DigestOf(EntityState.Join([row.List, .. row.Texts.Select(text => text.IsNull ? "" : text)]));
            return new(SchemaOf(row.List), body.ToArray(), 0, digest);
        }
        catch (JsonException exception)
        {
            throw new EntityFormatException(Schema.Name, Keys.EntityPattern, exception);
        }
    }

    private async ValueTask<Row?[]> ReadRowsAsync(string[] tokens, bool slides, CancellationToken cancellationToken)
    {
        var rows = new Row?[tokens.Length];
        var pipeline = new StorePipeline();
        var replies = Array.ConvertAll(
            tokens, token => pipeline.Add(Strings.GetMany([Keys.Entity(token), .. _known.Select(name => AttributeKey(token, name))])));
        await Storage.Store.SendAsync(pipeline, cancellationToken).ConfigureAwait(false);
        for (var i = 0; i < tokens.Length; i++)
        {
            var values = replies[i].Value;
            if (!values[0].IsNull)
            {
                rows[i] = RowOf(values[0].AsText()!, _known, values.AsSpan(1)) ?? await ReadListedAsync(tokens[i], cancellationToken).ConfigureAwait(false);
            }
        }

        if (slides && Window is { } window)
        {
            foreach (var token in tokens)
            {
                await TouchAsync(token, window, cancellationToken).ConfigureAwait(false);
            }
        }

        return rows;
    }

    // The entity has attributes that the model does not know; the list that was read says which.
    private async ValueTask<Row?> ReadListedAsync(string token, CancellationToken cancellationToken)
    {
        var key = Keys.Entity(token);
        var list = await Storage.Store.SendAsync(Strings.Get(key), cancellationToken).ConfigureAwait(false);
        while (!list.IsNull)
        {
            var names = AttributeList.Names(list.AsText());
            var values = await Storage.Store.SendAsync(
                Strings.GetMany([key, .. names.Select(name => AttributeKey(token, name))]), cancellationToken).ConfigureAwait(false);
            list = values[0];
            if (!list.IsNull && RowOf(list.AsText()!, names, values.AsSpan(1)) is { } row)
            {
                return row;
            }
        }

        return null;
    }

    // The texts in the order of the list; null when not all of them were read.
    private static Row? RowOf(string list, string[] read, ReadOnlySpan<StoreValue> values)
    {
        var names = AttributeList.Names(list);
        var texts = new StoreValue[names.Length];
        for (var i = 0; i < names.Length; i++)
        {
            var at = i < read.Length && read[i] == names[i] ? i : Array.IndexOf(read, names[i]);
            if (at < 0)
            {
                return null;
            }

            texts[i] = values[at];
        }

        return new(list, names, texts);
    }

    private StoreKey AttributeKey(string token, string name) => KeyGrammar.Attribute(Keys.Entity(token).ToString(), name);

    private int SchemaOf(string list) =>
        list.IndexOf(':', StringComparison.Ordinal) is var colon and > 0 && int.TryParse(list.AsSpan(0, colon), NumberStyles.None, CultureInfo.InvariantCulture, out var schema)
            ? schema
            : throw new EntityFormatException(Schema.Name, Keys.EntityPattern, null);

    private sealed record Row(string List, string[] Names, StoreValue[] Texts);
}
