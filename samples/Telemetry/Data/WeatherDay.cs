namespace Telemetry.Data;

/// <summary>A day in Seattle.</summary>
/// <param name="Date">The day; its samples are given at its first moment.</param>
/// <param name="Precipitation">In millimetres.</param>
/// <param name="High">In degrees Celsius.</param>
/// <param name="Low">In degrees Celsius.</param>
/// <param name="Wind">In metres a second.</param>
/// <param name="Sky">What it was most of all: rain, sun, fog, drizzle or snow.</param>
public sealed record WeatherDay(DateTimeOffset Date, double Precipitation, double High, double Low, double Wind, string Sky);
