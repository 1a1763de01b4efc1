using RedisPatterns;

namespace Telemetry.Data;

/// <summary>Weather as series.</summary>
public static class WeatherSeries
{
    /// <summary>The series of numbers.</summary>
    public static IReadOnlyList<LabelledSeries> Numbers { get; } =
    [
        Of("temp-max", "temperature", "°C"),
        Of("temp-min", "temperature", "°C"),
        Of("precipitation", "rain", "mm"),
        Of("wind", "wind", "m/s"),
    ];

    /// <summary>The series of days that were alike.</summary>
    public static IReadOnlyList<LabelledSeries> Skies { get; } =
        [.. new[] { "rain", "sun", "fog", "drizzle", "snow" }.Select(sky => new LabelledSeries(sky, new Dictionary<string, string> { ["city"] = "seattle", ["weather"] = sky }))];

    /// <summary>The numbers of a day.</summary>
    public static NamedSample[] Samples(WeatherDay day) =>
    [
        new("temp-max", new(day.Date, day.High)),
        new("temp-min", new(day.Date, day.Low)),
        new("precipitation", new(day.Date, day.Precipitation)),
        new("wind", new(day.Date, day.Wind)),
    ];

    /// <summary>What a day was, as a sample of one series.</summary>
    public static NamedSample Sky(WeatherDay day) => new(day.Sky, new(day.Date, 1));

    private static LabelledSeries Of(string name, string kind, string unit) =>
        new(name, new Dictionary<string, string> { ["city"] = "seattle", ["kind"] = kind, ["unit"] = unit });
}
