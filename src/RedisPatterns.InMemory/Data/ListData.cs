namespace RedisPatterns.InMemory;

/// <summary>A list.</summary>
internal sealed class ListData(Journal journal) : DataStructure(journal), ICreatable<ListData>
{
    public override DataType Type => DataType.List;

    public override long Count => 0;

    public static ListData Create(Journal journal) => new(journal);

    public override DataStructure Clone() => new ListData(Journal);
}
