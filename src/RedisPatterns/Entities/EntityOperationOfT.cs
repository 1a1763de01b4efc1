namespace RedisPatterns;

/// <summary>One write of one entity of a known type.</summary>
internal sealed class EntityOperation<T> : EntityOperation
    where T : class
{
    private readonly EntityStorage<T> _storage;
    private readonly T? _entity;
    private readonly T? _stamped;
    private readonly ReadOnlyMemory<byte> _head;
    private readonly ReadOnlyMemory<byte> _tail;

    private EntityOperation(EntityStorage<T> storage, WriteKind kind, string token, T? entity, T? stamped, ReadOnlyMemory<byte> head, ReadOnlyMemory<byte> tail)
        : base(storage.Keys, storage.Schema.Shape, kind, token)
    {
        _storage = storage;
        _entity = entity;
        _stamped = stamped;
        _head = head;
        _tail = tail;
        Registers = storage.NextRegisters();
    }

    /// <summary>The entity as it was stored, when the commit has succeeded.</summary>
    public T? Result { get; private set; }

    /// <summary>Whether a delete found something.</summary>
    public bool Found { get; private set; }

    public static EntityOperation<T> Write(EntityStorage<T> storage, WriteKind kind, T entity)
    {
        ArgumentNullException.ThrowIfNull(entity);
        var schema = storage.Schema;
        var token = schema.TokenOf(entity);
        if (!schema.IsVersioned)
        {
            return new(storage, kind, token, entity, entity, schema.Serialize(entity), default);
        }

        if (kind == WriteKind.Upsert)
        {
            var (head, tail) = schema.SerializeAround(entity, out _);
            return new(storage, kind, token, entity, null, head, tail);
        }

        var version = kind == WriteKind.Insert ? 0 : schema.VersionOf(entity);
        var stamped = schema.WithVersion(entity, version + 1);
        return new(storage, kind, token, stamped, stamped, schema.Serialize(stamped), default)
        {
            Expected = kind == WriteKind.Update ? version : "",
        };
    }

    public static EntityOperation<T> Delete(EntityStorage<T> storage, string id, long? version) =>
        new(storage, WriteKind.Delete, storage.Schema.TokenOf(id), null, null, default, default)
        {
            Expected = version is { } expected ? expected : "",
        };

    public override void Applied(long version)
    {
        Found = version > 0;
        Result = _entity is null ? null : _stamped ?? _storage.Schema.WithVersion(_entity, version);
        _storage.Registered();
    }

    public override StoreException Refusal(EntityWriteReply reply) => reply.Refusal switch
    {
        EntityWriteReply.Exists => new EntityExistsException(_storage.Schema.Name) { Operation = reply.Operation },
        EntityWriteReply.NotFound => new EntityNotFoundException(_storage.Schema.Name) { Operation = reply.Operation },
        EntityWriteReply.WrongVersion => new VersionConflictException(_storage.Schema.Name, Expected.AsInt64(), reply.Detail) { Operation = reply.Operation },
        EntityWriteReply.Duplicate => new DuplicateValueException(_storage.Schema.Name, Shape.Uniques[(int)reply.Detail]) { Operation = reply.Operation },
        EntityWriteReply.MemoChanged => new StoreException($"{_storage.Schema.Name}: the entity kept changing while it was written; nothing was written."),
        _ => new StoreException($"{_storage.Schema.Name}: another set of indexes with the same stamp is in use; rename an index of one of them."),
    };

    protected override void FillEntries(Span<StoreValue> target)
    {
        if (_entity is null)
        {
            target.Fill("");
        }
        else
        {
            _storage.Schema.EntriesOf(_entity, target);
        }
    }

    protected override StoreValue Head => _head;

    protected override StoreValue Tail => _tail;
}
