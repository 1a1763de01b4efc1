using System.Text.Json.Serialization;

namespace RedisPatterns.Testing;

/// <summary>What other code stores as an <see cref="Account"/>: members of other types, and one that is newer.</summary>
internal sealed record OddAccount(
    string Id,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Big,
    string? Places,
    double Ratio,
    long Version = 0)
{
    public string? Text { get; init; }

    public Place? Newer { get; init; }
}
