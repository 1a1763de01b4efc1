namespace RedisPatterns.Testing;

/// <summary>What a repository is compared with: a list of entities that have versions, unique values and ends.</summary>
internal sealed class WareList(bool expires, TimeProvider clock)
{
    private readonly Dictionary<string, (Ware Ware, long? End)> _wares = new(StringComparer.Ordinal);

    private WareList(WareList other)
        : this(other.Expires, other.Clock) => _wares = new(other._wares, StringComparer.Ordinal);

    /// <summary>Whether entities expire.</summary>
    public bool Expires { get; } = expires;

    /// <summary>The time that they expire by.</summary>
    public TimeProvider Clock { get; } = clock;

    /// <summary>The time in milliseconds since 1970.</summary>
    public long Now => Clock.GetUtcNow().ToUnixTimeMilliseconds();

    /// <summary>Those that have not expired, in any order.</summary>
    public IReadOnlyList<Ware> All
    {
        get
        {
            var now = Now;
            return [.. _wares.Values.Where(entry => !(entry.End <= now)).Select(entry => entry.Ware)];
        }
    }

    public WareList Copy() => new(this);

    public void Become(WareList other)
    {
        _wares.Clear();
        foreach (var (id, entry) in other._wares)
        {
            _wares.Add(id, entry);
        }
    }

    public Ware? Find(string id)
    {
        if (_wares.TryGetValue(id, out var entry) && entry.End <= Now)
        {
            _wares.Remove(id);
            return null;
        }

        return entry.Ware;
    }

    public long? EndOf(string id) => Find(id) is null ? null : _wares[id].End;

    public WareOutcome Insert(Ware ware, FuzzEnd? end) => Refuses(end) ?? (Find(ware.Id) is not null ? WareOutcome.Of<EntityExistsException>() : Put(ware, end));

    public WareOutcome Update(Ware ware, FuzzEnd? end) => Refuses(end) ?? (Find(ware.Id) is not { } stored ? WareOutcome.Of<EntityNotFoundException>()
        : stored.Version != ware.Version ? WareOutcome.Of<VersionConflictException>()
        : Put(ware, end));

    public WareOutcome Upsert(Ware ware, FuzzEnd? end) => Refuses(end) ?? Put(ware, end);

    /// <summary>Changes what is there.</summary>
    /// <param name="id">Its id.</param>
    /// <param name="change">Gives what is to be there, or null where it can not be changed like this.</param>
    /// <param name="version">The version that it must have; null for any.</param>
    /// <param name="end">When it expires.</param>
    public WareOutcome Change(string id, Func<Ware, Ware?> change, long? version, FuzzEnd? end) => Refuses(end) ?? (Find(id) is not { } stored ? WareOutcome.Of<EntityNotFoundException>()
        : change(stored) is not { } changed ? WareOutcome.Of<PatchException>()
        : version is { } demanded && demanded != stored.Version ? WareOutcome.Of<VersionConflictException>()
        : Put(changed, end));

    /// <summary>Deletes; one that names a version in a change must find something.</summary>
    public WareOutcome Delete(string id, long? version, bool isInChange)
    {
        if (Find(id) is not { } stored)
        {
            return isInChange && version is not null ? WareOutcome.Of<EntityNotFoundException>() : new("False");
        }

        if (version is { } demanded && demanded != stored.Version)
        {
            return WareOutcome.Of<VersionConflictException>();
        }

        _wares.Remove(id);
        return new("True");
    }

    /// <summary>Changes the end alone; in a change there must be something.</summary>
    public WareOutcome SetEnd(string id, FuzzEnd end, bool isInChange)
    {
        if (Refuses(end) is { } refusal)
        {
            return refusal;
        }

        if (Find(id) is not { } stored)
        {
            return isInChange ? WareOutcome.Of<EntityNotFoundException>() : new("False");
        }

        _wares[id] = (stored, end.EndFrom(Now, _wares[id].End));
        return new("True");
    }

    private WareOutcome? Refuses(FuzzEnd? end) => end is not null && !Expires ? WareOutcome.Of<ModelException>() : null;

    private WareOutcome Put(Ware ware, FuzzEnd? end)
    {
        var now = Now;
        if (ware.Code is not null && _wares.Values.Any(other =>
            other.Ware.Id != ware.Id && !(other.End <= now) && string.Equals(other.Ware.Code, ware.Code, StringComparison.OrdinalIgnoreCase)))
        {
            return WareOutcome.Of<DuplicateValueException>();
        }

        var stored = ware with { Version = (Find(ware.Id)?.Version ?? 0) + 1 };
        var ends = !Expires ? null : end is null ? stored.Ends?.ToUnixTimeMilliseconds() : end.EndFrom(Now, EndOf(ware.Id));
        _wares[ware.Id] = (stored, ends);
        return WareOutcome.Of(stored);
    }
}
