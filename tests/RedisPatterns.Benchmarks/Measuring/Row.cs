using System.Text.Json.Serialization;

namespace RedisPatterns.Benchmarks.Measuring;

/// <summary>A line of the result: a variant against the baseline at one number of operations in flight. Medians over rounds.</summary>
internal sealed record Row(
    string Name,
    string Variant,
    string BaselineVariant,
    int Concurrency,
    double Ours,
    double Baseline,
    double Ratio,
    double AllocatedOurs,
    double AllocatedBaseline,
    double RoundTrips,
    double RoundTripsBaseline,
    double ServerCpuOurs,
    double ServerCpuBaseline,
    double ClientCpuOurs,
    double ClientCpuBaseline,
    double ServerCommandsOurs,
    double ServerCommandsBaseline,
    double? Bar,
    bool? MeetsBar);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true, NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals)]
[JsonSerializable(typeof(List<Row>))]
internal sealed partial class RowJson : JsonSerializerContext;
