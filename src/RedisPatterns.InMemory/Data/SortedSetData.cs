namespace RedisPatterns.InMemory;

/// <summary>A sorted set.</summary>
/// <remarks>Members are given and answered as bytes: see <see cref="MemberOf"/>.</remarks>
internal sealed class SortedSetData(Journal journal) : DataStructure(journal), ICreatable<SortedSetData>
{
    private readonly DenseMap<StoreValue, double> _scores = new();
    private RankTree<SortedSetItem> _tree = new();

    public override DataType Type => DataType.SortedSet;

    public override long Count => _scores.Count;

    /// <summary>The number of members.</summary>
    public int Length => _scores.Count;

    public static SortedSetData Create(Journal journal) => new(journal);

    /// <summary>A member held as bytes, so that comparing it costs nothing.</summary>
    public static StoreValue MemberOf(StoreValue value) => value.AsMemory();

    public bool TryGetScore(StoreValue member, out double score) => _scores.TryGetValue(member, out score);

    /// <summary>The member at an index below <see cref="Length"/>, in no order; removals move members downwards.</summary>
    public SortedSetItem ItemAt(int index) => new(_scores.KeyAt(index), _scores.ValueAt(index));

    /// <summary>The member of a rank.</summary>
    public SortedSetItem AtRank(int rank) => _tree.At(rank);

    /// <summary>The rank of a member that is there with a score.</summary>
    public int RankOf(StoreValue member, double score) =>
        _tree.CountBefore(static (item, place) => SortedSetItem.Compare(item, place) < 0, new SortedSetItem(member, score));

    /// <summary>How many members come before a place in the order; see <see cref="RankTree{T}.CountBefore"/>.</summary>
    public int CountBefore<T>(Func<SortedSetItem, T, bool> isBefore, T place) => _tree.CountBefore(isBefore, place);

    /// <summary>The members of a range of ranks, in ascending order.</summary>
    public SortedSetItem[] GetRange(int first, int count)
    {
        var items = new SortedSetItem[count];
        _tree.CopyRange(first, items);
        return items;
    }

    /// <summary>Sets the score of a member.</summary>
    /// <returns>Whether the member is new.</returns>
    public bool Set(StoreValue member, double score)
    {
        // A server's compact form of small sorted sets knows no negative zero.
        score += 0.0;
        var index = _scores.IndexOf(member);
        if (index < 0)
        {
            if (Journal.IsActive)
            {
                Journal.Record(new(static step => ((SortedSetData)step.Target).RemoveSilently(step.Subject), this, member));
            }

            _scores.Add(member, score);
            _tree.Add(new(member, score));
            return true;
        }

        var before = _scores.ValueAt(index);
        if (before != score)
        {
            RecordScore(member, before);
            Move(index, score);
        }

        return false;
    }

    /// <summary>Removes a member.</summary>
    /// <returns>Whether it was there.</returns>
    public bool Remove(StoreValue member)
    {
        if (!_scores.TryGetValue(member, out var score))
        {
            return false;
        }

        RecordScore(member, score);
        RemoveSilently(member);
        return true;
    }

    public override DataStructure Clone()
    {
        var clone = new SortedSetData(Journal) { _tree = _tree.Clone() };
        for (var i = 0; i < _scores.Count; i++)
        {
            clone._scores.Add(_scores.KeyAt(i), _scores.ValueAt(i));
        }

        return clone;
    }

    private void RecordScore(StoreValue member, double score)
    {
        if (Journal.IsActive)
        {
            Journal.Record(new(
                static step => ((SortedSetData)step.Target).Restore(step.Subject, BitConverter.Int64BitsToDouble(step.Number)),
                this,
                member,
                Number: BitConverter.DoubleToInt64Bits(score)));
        }
    }

    private void Restore(StoreValue member, double score)
    {
        var index = _scores.IndexOf(member);
        if (index < 0)
        {
            _scores.Add(member, score);
            _tree.Add(new(member, score));
        }
        else
        {
            Move(index, score);
        }
    }

    private void Move(int index, double score)
    {
        var member = _scores.KeyAt(index);
        ref var place = ref _scores.ValueAt(index);
        _tree.Remove(new(member, place));
        _tree.Add(new(member, score));
        place = score;
    }

    private void RemoveSilently(StoreValue member)
    {
        var index = _scores.IndexOf(member);
        _tree.Remove(new(member, _scores.ValueAt(index)));
        _scores.RemoveAt(index);
    }
}
