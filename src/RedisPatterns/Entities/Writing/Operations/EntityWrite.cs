using RedisPatterns.Commands;

namespace RedisPatterns;

/// <summary>An insert, update or upsert of an entity.</summary>
internal sealed class EntityWrite<T> : EntityOperation<T>
    where T : class
{
    private readonly T _entity;
    private readonly bool _knowsVersion;
    private StoreValue[]? _content;
    private Func<ValueTask>? _discard;

    private EntityWrite(EntityStorage<T> storage, WriteKind kind, string token, T entity, bool knowsVersion)
        : base(storage, kind, token) => (_entity, _knowsVersion) = (entity, knowsVersion);

    public override T? Result => Version == 0 ? null : _knowsVersion ? _entity : Schema.WithVersion(_entity, Version);

    public override bool NeedsPreparation => _content is null;

    public override IEnumerable<StoreKey> ExtraKeys => _content is null ? [] : LayoutKeys.Of(Shape.Layout, Keys.Entity(Token), _content);

    protected override StoreValue[] Content => _content!;

    public static EntityWrite<T> Of(EntityStorage<T> storage, WriteKind kind, T entity, Expiry expiry)
    {
        ArgumentNullException.ThrowIfNull(entity);
        var schema = storage.Schema;
        var token = schema.TokenOf(entity);
        var version = kind == WriteKind.Update && schema.IsVersioned ? schema.VersionOf(entity) : 0;
        var knowsVersion = !schema.IsVersioned || kind != WriteKind.Upsert;
        var stamped = schema.IsVersioned && knowsVersion ? schema.WithVersion(entity, version + 1) : entity;
        var write = new EntityWrite<T>(storage, kind, token, stamped, knowsVersion) { Expected = kind == WriteKind.Update && schema.IsVersioned ? version : "" };
        write.Expiry = write.CodeOf(expiry, stamped);
        if (schema.Layout.Kind != LayoutKind.Chunked)
        {
            write._content = EntityContent.Of(schema, stamped, knowsVersion);
        }

        // A value that an index can not keep is told of before anything is sent.
        write.FillEntries(new StoreValue[schema.Shape.IndexCount]);
        return write;
    }

    public override void FillEntries(Span<StoreValue> target) => Schema.EntriesOf(_entity, target);

    public override async ValueTask PrepareAsync(CancellationToken cancellationToken)
    {
        var (content, discard) = await StagedContent.WriteAsync(
            Storage, Token, writer => EntityContent.FormatOf(Schema).WriteAsync(_entity, writer, cancellationToken), cancellationToken).ConfigureAwait(false);
        (_content, _discard) = (content, discard);
    }

    public override ValueTask DiscardAsync() => _discard?.Invoke() ?? default;

    public override StoreCommand<bool>? PlainCommand(out Func<bool, EntityWriteReply> read)
    {
        if (Shape is not { HasMemo: false, Layout: LayoutKind.Document, Schema: 1 } || EndOfPlain() is not { } end)
        {
            return base.PlainCommand(out read);
        }

        var refusal = Kind == WriteKind.Insert ? EntityWriteReply.Exists : EntityWriteReply.NotFound;
        read = done => done ? EntityWriteReply.Done : new EntityWriteReply(refusal, 0, 0, []);
        return Strings.Set(Keys.Entity(Token), Content[0], end, Kind switch { WriteKind.Insert => SetWhen.KeyAbsent, WriteKind.Update => SetWhen.KeyExists, _ => SetWhen.Always });
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
