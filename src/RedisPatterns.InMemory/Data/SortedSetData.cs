namespace RedisPatterns.InMemory;

/// <summary>A sorted set.</summary>
internal sealed class SortedSetData(Journal journal) : DataStructure(journal), ICreatable<SortedSetData>
{
    private readonly DenseMap<StoreValue, double> _scores = new();

    public override DataType Type => DataType.SortedSet;

    public override long Count => _scores.Count;

    public static SortedSetData Create(Journal journal) => new(journal);

    public bool TryGetScore(StoreValue member, out double score) => _scores.TryGetValue(member, out score);

    public override DataStructure Clone() => new SortedSetData(Journal);
}
