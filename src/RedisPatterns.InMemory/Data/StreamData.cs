namespace RedisPatterns.InMemory;

/// <summary>A stream.</summary>
internal sealed class StreamData(Journal journal) : DataStructure(journal), ICreatable<StreamData>
{
    public override DataType Type => DataType.Stream;

    public override long Count => 0;

    public static StreamData Create(Journal journal) => new(journal);

    public override DataStructure Clone() => new StreamData(Journal);
}
