using System.Text.Json;
using RedisPatterns.Commands;

namespace RedisPatterns;

/// <summary>An insert, update, upsert or edit of an entity.</summary>
internal sealed class EntityWrite<T> : EntityOperation<T>
    where T : class
{
    private readonly bool _preserves;
    private readonly Func<T, T>? _edit;
    private readonly Expiry _expiry;
    private T? _entity;
    private bool _knowsVersion;
    private StoreValue[]? _content;
    private Func<ValueTask>? _discard;

    private EntityWrite(EntityStorage<T> storage, WriteKind kind, string token, T entity, bool knowsVersion)
        : base(storage, kind, token) =>
        (_entity, _knowsVersion, _preserves) = (entity, knowsVersion, kind != WriteKind.Insert && storage.Schema.Plan.PreservesUnknownMembers);

    /// <summary>An edit: an update of what is read just before, tried again when that has changed meanwhile.</summary>
    /// <param name="storage">The entities.</param>
    /// <param name="token">The entity's id.</param>
    /// <param name="edit">Gives the new entity; called once for each attempt.</param>
    /// <param name="expiry">What becomes of its expiry.</param>
    public EntityWrite(EntityStorage<T> storage, string token, Func<T, T> edit, Expiry expiry)
        : base(storage, WriteKind.Update, token)
    {
        (_edit, _expiry, _knowsVersion, _preserves) = (edit, expiry, true, storage.Schema.Plan.PreservesUnknownMembers);
        _ = CodeOf(expiry, null);
    }

    public override T? Result => Version == 0 ? null : _knowsVersion ? _entity : Schema.WithVersion(_entity!, Version);

    public override bool NeedsPreparation => _content is null || ReadsEntity;

    public override bool ReadsEntity => _preserves || _edit is not null;

    public override bool GivesWhatItRead => _edit is not null;

    public override IEnumerable<StoreKey> ExtraKeys => _content is null ? [] : LayoutKeys.Of(Shape.Layout, Keys.Entity(Token), _content);

    protected override StoreValue[] Content => _content!;

    public static EntityWrite<T> Of(EntityStorage<T> storage, WriteKind kind, T entity, Expiry expiry)
    {
        ArgumentNullException.ThrowIfNull(entity);
        var schema = storage.Schema;
        schema.See(entity);
        var token = schema.TokenOf(entity);
        var version = kind == WriteKind.Update && schema.IsVersioned ? schema.VersionOf(entity) : 0;
        var knowsVersion = !schema.IsVersioned || kind != WriteKind.Upsert;
        var stamped = schema.IsVersioned && knowsVersion ? schema.WithVersion(entity, version + 1) : entity;
        var write = new EntityWrite<T>(storage, kind, token, stamped, knowsVersion) { Expected = kind == WriteKind.Update && schema.IsVersioned ? version : "" };
        write.Expiry = write.CodeOf(expiry, stamped);
        if (schema.Layout.Kind != LayoutKind.Chunked && !write._preserves)
        {
            write._content = EntityContent.Of(schema, stamped, knowsVersion);
        }

        // A value that an index can not keep is told of before anything is sent.
        if (schema.Shape.IndexCount > 0)
        {
            write.FillEntries(new StoreValue[schema.Shape.IndexCount]);
        }

        return write;
    }

    public override void FillEntries(Span<StoreValue> target) => Schema.EntriesOf(_entity!, target);

    public override async ValueTask PrepareAsync(CancellationToken cancellationToken)
    {
        await DiscardAsync().ConfigureAwait(false);
        var body = ReadsEntity ? await MergeAsync(cancellationToken).ConfigureAwait(false) : null;
        if (Shape.Layout != LayoutKind.Chunked)
        {
            _content = body is { } merged ? EntityContent.OfBody(Schema, merged, SchemaVersion) : EntityContent.Of(Schema, _entity!, _knowsVersion);
            return;
        }

        var (content, discard) = await StagedContent.WriteAsync(
            Storage,
            Token,
            SchemaVersion,
            writer => body is { } whole ? writer.WriteAsync(whole, cancellationToken) : EntityContent.FormatOf(Schema).WriteAsync(_entity!, writer, cancellationToken),
            cancellationToken).ConfigureAwait(false);
        (_content, _discard) = (content, discard);
    }

    // The document with the members of the stored one that the type does not know; null when nothing is stored or kept.
    private async ValueTask<ReadOnlyMemory<byte>?> MergeAsync(CancellationToken cancellationToken)
    {
        var stored = await Storage.Reader.ReadStoredAsync(Token, cancellationToken).ConfigureAwait(false);
        ExpectedState = stored?.Digest ?? "-";
        SchemaVersion = Schema.SchemaAfter(stored?.Schema ?? Shape.Schema);
        if (_edit is not null)
        {
            Edit(stored ?? throw new EntityNotFoundException(Schema.Name), _edit);
        }
        else if (stored is not null && Kind == WriteKind.Upsert && Schema.IsVersioned)
        {
            var version = stored.Version > 0 ? stored.Version : Schema.VersionOf(Storage.Reader.Read(stored));
            (_entity, _knowsVersion) = (Schema.WithVersion(_entity!, version + 1), true);
        }

        if (stored is null || !_preserves)
        {
            return null;
        }

        return Preserve(stored);
    }

    private void Edit(StoredEntity stored, Func<T, T> edit)
    {
        var read = Storage.Reader.Read(stored);
        var version = !Schema.IsVersioned ? 0 : stored.Version > 0 ? stored.Version : Schema.VersionOf(read);
        var edited = edit(read) ?? throw new InvalidOperationException($"{Schema.Name}: an edit gave no entity.");
        if (Schema.TokenOf(edited) != Token)
        {
            throw new ModelException($"{Schema.Name}: an edit can not change the id.");
        }

        _entity = Schema.IsVersioned ? Schema.WithVersion(edited, version + 1) : edited;
        Expiry = CodeOf(_expiry, _entity);
    }

    // What is stored of members that the type does not know, with those of the entity; without the schema's header.
    private ReadOnlyMemory<byte> Preserve(StoredEntity stored)
    {
        var merged = MergeWith(stored);
        if (!SchemaHeader.TryRead(merged.Span, out _, out var bodyStart))
        {
            return merged;
        }

        using var body = PooledBuffer.Rent();
        SchemaHeader.WriteBody(merged.Span, bodyStart, body);
        return body.ToArray();
    }

    private ReadOnlyMemory<byte> MergeWith(StoredEntity stored)
    {
        var written = SchemaHeader.Write(Shape.Schema, (ReadOnlyMemory<byte>)Schema.Serialize(_entity!));
        try
        {
            return Schema.Plan.Preserve(Schema.Json!, SchemaHeader.Write(stored.Schema, stored.Body), written, Keys.EntityPattern);
        }
        catch (JsonException exception)
        {
            throw new EntityFormatException(Schema.Name, Keys.EntityPattern, exception, stored.Schema);
        }
    }

    public override ValueTask DiscardAsync()
    {
        if (_discard is not { } discard)
        {
            return default;
        }

        // What was written ahead is to be written again before another attempt.
        (_discard, _content) = (null, null);
        return discard();
    }

    public override StoreCommand<bool>? PlainCommand() => Fence is not null ? null : Shape switch
    {
        { HasMemo: false, Layout: LayoutKind.Document, Schema: 1 } when (!Shape.GuardsSchema || Kind == WriteKind.Insert) && EndOfPlain() is { } end =>
            Strings.Set(Keys.Entity(Token), Content[0], end, Kind switch { WriteKind.Insert => SetWhen.KeyAbsent, WriteKind.Update => SetWhen.KeyExists, _ => SetWhen.Always }),
        { HasMemo: false, Layout: LayoutKind.Attributes, Expires: false } when Kind == WriteKind.Insert => SetAttributes(),
        _ => null,
    };

    // Attributes that nobody lists may be in the way: the script knows what is to become of them.
    public override EntityWriteReply? ReadPlain(bool written) => written ? EntityWriteReply.Done
        : Shape.Layout == LayoutKind.Attributes ? null
        : new EntityWriteReply(Kind == WriteKind.Insert ? EntityWriteReply.Exists : EntityWriteReply.NotFound, 0, 0, []);

    private StoreCommand<bool> SetAttributes()
    {
        var entityKey = Keys.Entity(Token);
        var prefix = entityKey + ":";
        var arguments = new StoreValue[Content.Length];
        arguments[0] = StoreValue.FromKey(entityKey);
        arguments[1] = Content[1];
        for (var i = 2; i < arguments.Length; i += 2)
        {
            arguments[i] = StoreValue.FromKey(prefix + Content[i]);
            arguments[i + 1] = Content[i + 1];
        }

        return new(CommandTable.MSetNx, Replies.Boolean, arguments);
    }

    // What SET can say in one command of its own.
    private Expiry? EndOfPlain() => !Shape.Expires ? Commands.Expiry.None : Expiry switch
    {
        "K" => Kind == WriteKind.Insert ? Commands.Expiry.None : Commands.Expiry.Keep,
        "N" => Commands.Expiry.None,
        ['A', .. var milliseconds] => Commands.Expiry.After(TimeSpan.FromMilliseconds(long.Parse(milliseconds, System.Globalization.CultureInfo.InvariantCulture))),
        _ => null,
    };
}
