using RedisPatterns.Commands;

namespace RedisPatterns;

/// <summary>One write of one entity of a known type.</summary>
internal abstract class EntityOperation<T> : EntityOperation
    where T : class
{
    protected EntityOperation(EntityStorage<T> storage, WriteKind kind, string token)
        : base(storage.Keys, storage.Schema.Shape, kind, token)
    {
        Storage = storage;

        // What keeps up the store itself is nobody's work under a lease.
        Fence = kind is WriteKind.Sweep or WriteKind.Reindex or WriteKind.Rewrite ? null : storage.Fence;
        Registers = storage.Schema.Shape.HasMemo && kind is not (WriteKind.Touch or WriteKind.Require or WriteKind.RequireAbsent) && storage.NextRegisters();
    }

    /// <summary>The entity as it was stored, when the commit has succeeded.</summary>
    public virtual T? Result => null;

    /// <summary>The version that was written, or was there.</summary>
    public long Version { get; private set; }

    /// <summary>Whether a delete or touch found something.</summary>
    public bool Found => Version > 0;

    protected EntityStorage<T> Storage { get; }

    protected EntitySchema<T> Schema => Storage.Schema;

    public override void Applied(long version)
    {
        Version = version;
        if (RegistrationMark is "R" or "C")
        {
            Storage.Registered();
        }
    }

    public override string RegistrationMark => !Shape.HasMemo || Kind is WriteKind.Touch or WriteKind.Require or WriteKind.RequireAbsent ? ""
        : Storage.IsOutdated ? (Kind is WriteKind.Delete or WriteKind.Sweep ? "" : "C")
        : base.RegistrationMark;

    public override StoreCommand<bool>? Announcement =>
        !Shape.HasMemo && Kind is WriteKind.Insert or WriteKind.Upsert && Storage.NextRegisters() ? Hashes.SetIfAbsent(Keys.Catalogue, IndexField.Plain, 1) : null;

    public override void Announced() => Storage.Registered();

    public override bool Adapt(int refusal)
    {
        if (refusal is not (EntityWriteReply.Outdated or EntityWriteReply.UpToDate))
        {
            return false;
        }

        Storage.IsOutdated = refusal == EntityWriteReply.Outdated;
        return true;
    }

    public override Exception Refusal(EntityWriteReply reply) => reply.Refusal switch
    {
        EntityWriteReply.Exists => new EntityExistsException(Schema.Name) { Operation = reply.Operation },
        EntityWriteReply.NotFound => new EntityNotFoundException(Schema.Name) { Operation = reply.Operation },
        EntityWriteReply.WrongVersion => new VersionConflictException(Schema.Name, Expected.AsInt64(), reply.Detail) { Operation = reply.Operation },
        EntityWriteReply.Duplicate => new DuplicateValueException(Schema.Name, Schema.Indexes[(int)reply.Detail].Name) { Operation = reply.Operation },
        EntityWriteReply.NewerSchema => new SchemaVersionException(Schema.Name, Keys.EntityPattern, (int)reply.Detail, Shape.Schema) { Operation = reply.Operation },
        EntityWriteReply.LeaseLost => new LeaseLostException(Fence!.Lock),
        EntityWriteReply.PartsLost => new StoreException($"{Schema.Name}: parts of the content were gone before it was committed; nothing was written."),
        EntityWriteReply.OtherDefinition => Schema.OtherDefinition((int)reply.Detail),
        EntityWriteReply.Changed or EntityWriteReply.NeedsEntity or EntityWriteReply.Outdated or EntityWriteReply.UpToDate or EntityWriteReply.Revoked => new EntityBusyException(Schema.Name) { Operation = reply.Operation },
        _ => new StoreException($"{Schema.Name}: another set of indexes with the same stamp is in use; rename an index of one of them."),
    };

    /// <summary>The code of an expiry that a call gives, or else that of the model's rule.</summary>
    protected string CodeOf(Expiry expiry, T? entity)
    {
        if (expiry.IsNone)
        {
            return Schema.Expiry?.DefaultOf(Kind, entity) ?? "K";
        }

        Schema.ThrowIfNeverExpires();
        return ExpiryCode.Of(expiry);
    }
}
