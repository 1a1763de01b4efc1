using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace RedisPatterns.StackExchangeRedis.Tests;

/// <summary>An entity with a member of every kind that is patched or indexed.</summary>
internal sealed record Gadget(
    string Id,
    string? Email,
    string? Status,
    IReadOnlyList<string>? Labels,
    int? Rank,
    decimal Price,
    int Count,
    long Big,
    decimal Balance,
    double Ratio,
    string? Note,
    string? Remark,
    IReadOnlyList<int>? Numbers,
    DateTimeOffset? EndsAt,
    string Pad,
    long Version = 0)
{
    // What damage has made infinite is to be shown too.
    private static readonly GadgetJson Shown = new(new JsonSerializerOptions
    {
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    });

    public override string ToString() => JsonSerializer.Serialize(this with { Pad = $"{Pad?.Length}" }, Shown.Gadget);
}
