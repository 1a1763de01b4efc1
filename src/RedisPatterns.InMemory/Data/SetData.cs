namespace RedisPatterns.InMemory;

/// <summary>A set.</summary>
internal sealed class SetData(Journal journal) : DataStructure(journal), ICreatable<SetData>
{
    private readonly DenseMap<StoreValue, Nothing> _members = new();

    public override DataType Type => DataType.Set;

    public override long Count => _members.Count;

    public static SetData Create(Journal journal) => new(journal);

    public bool Contains(StoreValue member) => _members.ContainsKey(member);

    /// <summary>The member at an index below <see cref="Count"/>; removals move members downwards.</summary>
    public StoreValue MemberAt(int index) => _members.KeyAt(index);

    public bool Add(StoreValue member)
    {
        if (_members.ContainsKey(member))
        {
            return false;
        }

        _members.Add(member, default);
        if (Journal.IsActive)
        {
            Journal.Record(new(static step => ((SetData)step.Target)._members.Remove(step.Subject), this, member));
        }

        return true;
    }

    public bool Remove(StoreValue member)
    {
        if (!_members.Remove(member))
        {
            return false;
        }

        if (Journal.IsActive)
        {
            Journal.Record(new(static step => ((SetData)step.Target)._members.Add(step.Subject, default), this, member));
        }

        return true;
    }

    public override DataStructure Clone()
    {
        var clone = new SetData(Journal);
        for (var i = 0; i < _members.Count; i++)
        {
            clone._members.Add(_members.KeyAt(i), default);
        }

        return clone;
    }

    private readonly struct Nothing;
}
