namespace RedisPatterns.StackExchangeRedis.Tests;

/// <summary>What a key holds, or a member of a schedule.</summary>
/// <param name="Key">Its name, without what is random.</param>
/// <param name="Content">Type and content, without what is random.</param>
/// <param name="End">The moment of its end in milliseconds since 1970, to be compared with a tolerance.</param>
internal readonly record struct KeyContent(string Key, string Content, double? End) : IComparable<KeyContent>
{
    public int CompareTo(KeyContent other) =>
        string.CompareOrdinal(Key, other.Key) is var byKey and not 0 ? byKey
        : string.CompareOrdinal(Content, other.Content) is var byContent and not 0 ? byContent
        : Nullable.Compare(End, other.End);

    public override string ToString() => $"{Key} {Content}{(End is { } end ? $" until {end:R}" : "")}";
}
