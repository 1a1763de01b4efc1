using System.Text;
using RedisPatterns.InMemory;

namespace RedisPatterns.Tests.Documentation;

/// <summary>The code of docs/patterns/time-series-ingestion.md and time-series-export.md.</summary>
public sealed class SeriesIngestionTests
{
    private static readonly DateTimeOffset Day = new(2026, 11, 29, 0, 0, 0, TimeSpan.Zero);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_sensors_tell_is_written_and_exported()
    {
        await using var store = new InMemoryKeyValueStore();
        var weather = store.Keyspace("shop").TimeSeries("weather", new() { Engine = SeriesEngine.HashBuckets, Duplicates = DuplicatePolicy.Sum });
        await weather.DeclareAsync("s0", new Dictionary<string, string> { ["city"] = "Seattle", ["unit"] = "°C" }, Cancellation);
        Assert.Equal(200, await SeriesIngestionSnippet.RunAsync(weather, [TellAsync("s0"), TellAsync("s1")], Cancellation));

        for (var i = 0; i < 2; i++)
        {
            Assert.Equal(1, (await SeriesIngestionSnippet.ImportAsync(weather, [new("s0", new(Day.AddHours(2), 5))], "import-17", Cancellation)).Written);
        }

        using var body = new MemoryStream();
        Assert.Equal(3, await SeriesIngestionSnippet.ExportAsync(weather, body, Day, Cancellation));
        Assert.Equal(
            "time,series,value,city,unit\r\n2026-11-29T00:00:00.000Z,s0,29.5,Seattle,°C\r\n2026-11-29T01:00:00.000Z,s0,79.5,Seattle,°C\r\n2026-11-29T02:00:00.000Z,s0,5,Seattle,°C\r\n",
            Encoding.UTF8.GetString(body.ToArray()));
    }

    private static async IAsyncEnumerable<NamedSample> TellAsync(string sensor)
    {
        for (var i = 0; i < 100; i++)
        {
            await Task.Yield();
            yield return new(sensor, new(Day.AddMinutes(i), i));
        }
    }
}
