using System.Text.Json;

namespace RedisPatterns;

/// <summary>Writes an entity that is stored in an older schema as it is in the model's own; neither version nor expiry change.</summary>
internal sealed class EntityRewrite<T> : EntityOperation<T>
    where T : class
{
    private readonly ReadOnlyMemory<byte> _body;
    private readonly T _entity;
    private StoreValue[]? _content;
    private Func<ValueTask>? _discard;

    public EntityRewrite(EntityStorage<T> storage, string token, StoredEntity stored)
        : base(storage, WriteKind.Rewrite, token)
    {
        if (storage.Schema.Json is null)
        {
            // Another format reads its older versions itself.
            _entity = storage.Reader.Read(stored);
        }
        else
        {
            _body = Upgraded(storage, stored);
            _entity = storage.Schema.Read(_body, Shape.Schema, storage.Keys.EntityPattern);
        }

        ExpectedState = stored.Digest;
        if (storage.Schema.TokenOf(_entity) != token)
        {
            throw new ModelException($"{storage.Schema.Name}: an upgrade can not change the id.");
        }
    }

    private static ReadOnlyMemory<byte> Upgraded(EntityStorage<T> storage, StoredEntity stored)
    {
        try
        {
            return storage.Schema.Plan.Upgrade(stored.Body, stored.Schema, storage.Keys.EntityPattern);
        }
        catch (JsonException exception)
        {
            throw new EntityFormatException(storage.Schema.Name, storage.Keys.EntityPattern, exception, stored.Schema);
        }
    }

    public override bool NeedsPreparation => _content is null;

    public override IEnumerable<StoreKey> ExtraKeys => _content is null ? [] : LayoutKeys.Of(Shape.Layout, Keys.Entity(Token), _content);

    protected override StoreValue[] Content => _content!;

    public override void FillEntries(Span<StoreValue> target) => Schema.EntriesOf(_entity, target);

    public override async ValueTask PrepareAsync(CancellationToken cancellationToken)
    {
        if (Shape.Layout != LayoutKind.Chunked)
        {
            _content = Schema.Json is null ? EntityContent.Of(Schema, _entity, knowsVersion: false) : EntityContent.OfBody(Schema, _body, Shape.Schema);
            return;
        }

        (_content, _discard) = await StagedContent.WriteAsync(
            Storage,
            Token,
            Shape.Schema,
            writer => Schema.Format is { } format ? format.WriteAsync(_entity, writer, cancellationToken) : writer.WriteAsync(_body, cancellationToken),
            cancellationToken).ConfigureAwait(false);
    }

    public override ValueTask DiscardAsync() => _discard?.Invoke() ?? default;
}
