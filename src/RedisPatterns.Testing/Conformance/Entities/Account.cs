using System.Text.Json;
using System.Text.Json.Serialization;

namespace RedisPatterns.Testing;

/// <summary>The entity that is patched: a member of every kind.</summary>
internal sealed record Account(
    string Id,
    string? Email,
    string? Status,
    IReadOnlyList<string>? Labels,
    int Count,
    int? Maybe,
    long Big,
    decimal Balance,
    double Ratio,
    [property: JsonRequired] string Text,
    Place? Home,
    IReadOnlyList<Place>? Places,
    IReadOnlyList<int>? Numbers,
    long Version = 0)
{
    [JsonExtensionData]
    public Dictionary<string, JsonElement>? More { get; set; }

    public static Account Number(int number) => new(
        $"a{number}", $"a{number}@x", "active", ["red", "green"], number, null, 9_007_199_254_740_993, 10.50m, 0.1, "text", new("Lima", 1), [new("Rome", 2)], [1, 2, 3]);

    /// <summary>All of it as one text that can be compared.</summary>
    public override string ToString() => JsonSerializer.Serialize(this, ConformanceJson.Default.Account);
}
