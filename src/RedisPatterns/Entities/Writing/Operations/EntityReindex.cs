namespace RedisPatterns;

/// <summary>Writes memo and index entries of an entity anew if it is still as it was read; of one that does not exist it removes them. Document, version and expiry stay.</summary>
internal sealed class EntityReindex<T> : EntityOperation<T>
    where T : class
{
    private readonly T? _entity;
    private readonly IReadOnlyCollection<string> _left;
    private readonly IReadOnlyList<ExtraEntry> _extras;

    /// <summary>The operation.</summary>
    /// <param name="storage">The entities.</param>
    /// <param name="token">The entity's id.</param>
    /// <param name="stored">What is stored of it; null for nothing.</param>
    /// <param name="left">The unique indexes whose value another entity holds: they are left out, and remembered as pending.</param>
    /// <param name="extras">Entries that are to go, unless the entity has them.</param>
    public EntityReindex(EntityStorage<T> storage, string token, StoredEntity? stored, IReadOnlyCollection<string> left, IReadOnlyList<ExtraEntry> extras)
        : base(storage, WriteKind.Reindex, token)
    {
        (_left, _extras) = (left, extras);
        ExpectedState = stored?.Digest ?? "-";
        if (stored is null)
        {
            Content = ["", .. Extras()];
            return;
        }

        _entity = storage.Reader.Read(stored);
        SchemaVersion = stored.Schema;
        var version = !Schema.IsVersioned ? 0 : stored.Version > 0 ? stored.Version : Schema.VersionOf(_entity);
        Content = [version > 0 ? version : "", .. Extras()];
    }

    public override string RegistrationMark => "P";

    public override string Registration =>
        base.Registration + "\n" + string.Join('|', Shape.Uniques.Where((_, i) => _left.Contains(Schema.Indexes[i].Name)).Select(slot => slot.Name));

    public override IEnumerable<StoreKey> ExtraKeys => _extras
        .Where(extra => IndexForms.AreTogether(Shape.Slots[extra.Place].Form, IndexForm.Member))
        .Select(extra => (StoreKey)(Keys.TagPrefixes[extra.Place - Shape.Uniques.Count] + extra.Value.AsText()));

    protected override StoreValue[] Content { get; }

    public override void FillEntries(Span<StoreValue> target)
    {
        if (_entity is null)
        {
            target.Fill("");
            return;
        }

        Schema.EntriesOf(_entity, target);
        for (var i = 0; i < Shape.Uniques.Count; i++)
        {
            if (_left.Contains(Schema.Indexes[i].Name))
            {
                target[i] = "";
            }
        }
    }

    private IEnumerable<StoreValue> Extras() => _extras.SelectMany(extra => new[] { extra.Place + 1, extra.Value });
}
