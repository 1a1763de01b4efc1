using RedisPatterns;

namespace Telemetry.Engines;

/// <summary>A gauge that is read every ten seconds and wanders about: drawn, but the same every time.</summary>
internal static class Gauge
{
    public static TimeSpan Step { get; } = TimeSpan.FromSeconds(10);

    /// <summary>Its values, in tenths.</summary>
    public static NamedSample[] Draw(int points)
    {
        var (dice, tenths, start) = (new Random(1), 200, new DateTimeOffset(2015, 1, 1, 0, 0, 0, TimeSpan.Zero));
        var samples = new NamedSample[points];
        for (var i = 0; i < points; i++)
        {
            tenths += dice.Next(-3, 4);
            samples[i] = new("gauge", new(start + (i * Step), tenths / 10.0));
        }

        return samples;
    }
}
