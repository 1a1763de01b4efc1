using System.Globalization;

namespace RedisPatterns.Benchmarks.Measuring;

/// <summary>What the command line says.</summary>
internal sealed record BenchmarkOptions
{
    public string? Filter { get; init; }

    public int Rounds { get; init; } = 5;

    public TimeSpan Seconds { get; init; } = TimeSpan.FromSeconds(0.8);

    public TimeSpan WarmUp { get; init; } = TimeSpan.FromSeconds(0.5);

    public string? Json { get; init; }

    /// <summary>A server that is there already, in the driver's syntax; else an own one is started.</summary>
    public string? Address { get; init; }

    public int Users { get; init; } = 100_000;

    /// <summary>How many samples each time series has.</summary>
    public int Points { get; init; } = 10_000;

    /// <summary>Whether the run is long enough to say which bars are met.</summary>
    public bool JudgesBars { get; init; } = true;

    public int[] Concurrencies { get; init; } = [1, 50, 500];

    /// <summary>Whether the command line names the concurrencies: then cells that have one of their own are measured only at these.</summary>
    public bool ChoosesConcurrencies { get; init; }

    public static BenchmarkOptions Parse(ReadOnlySpan<string> arguments)
    {
        var options = new BenchmarkOptions();
        for (var i = 0; i < arguments.Length; i += 2)
        {
            var value = i + 1 < arguments.Length ? arguments[i + 1] : throw new ArgumentException($"{arguments[i]} needs a value.");
            options = arguments[i] switch
            {
                "--filter" => options with { Filter = value },
                "--rounds" => options with { Rounds = int.Parse(value, CultureInfo.InvariantCulture) },
                "--seconds" => options with { Seconds = TimeSpan.FromSeconds(double.Parse(value, CultureInfo.InvariantCulture)) },
                "--json" => options with { Json = value },
                "--redis" => options with { Address = value },
                "--users" => options with { Users = int.Parse(value, CultureInfo.InvariantCulture) },
                "--points" => options with { Points = int.Parse(value, CultureInfo.InvariantCulture) },
                "--concurrency" => options with { Concurrencies = [.. value.Split(',').Select(part => int.Parse(part, CultureInfo.InvariantCulture))], ChoosesConcurrencies = true },
                _ => throw new ArgumentException($"{arguments[i]} is not known."),
            };
        }

        return options;
    }

    public bool Wants(string name) => Filter is null || name.Contains(Filter, StringComparison.OrdinalIgnoreCase);
}
