namespace RedisPatterns.Tests.Documentation;

internal static class SeriesIngestionSnippet
{
    /// <summary>Writes what sensors tell.</summary>
    /// <param name="weather">A set of series.</param>
    /// <param name="sensors">What they tell, from as many tasks as there are sensors.</param>
    /// <param name="cancellationToken">Stops the sensors; what was accepted is written all the same.</param>
    /// <returns>How many samples were written.</returns>
    public static async Task<long> RunAsync(KeyspaceTimeSeries weather, IReadOnlyList<IAsyncEnumerable<NamedSample>> sensors, CancellationToken cancellationToken)
    {
        // snippet: series-writer
        await using var writer = weather.CreateWriter(new SeriesWriterOptions
        {
            Capacity = 100_000,
            BatchSize = 1_000,
            BatchDelay = TimeSpan.FromSeconds(1),
            WhenFull = WhenFull.Wait,
        });

        await Task.WhenAll(sensors.Select(async sensor =>
        {
            await foreach (var (series, sample) in sensor.WithCancellation(cancellationToken))
            {
                await writer.WriteAsync(series, sample, cancellationToken);
            }
        }));

        // All that was accepted before is in the store, or this throws.
        await writer.FlushAsync(cancellationToken);

        // end-snippet
        return writer.Written;
    }

    /// <summary>Imports samples, and may be called again when it is not known how that ended.</summary>
    /// <param name="weather">A set of series.</param>
    /// <param name="samples">The samples, the same for each id.</param>
    /// <param name="importId">What names the import.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>What became of them.</returns>
    public static async Task<SeriesAddReport> ImportAsync(KeyspaceTimeSeries weather, IReadOnlyList<NamedSample> samples, string importId, CancellationToken cancellationToken)
    {
        // snippet: series-add-once
        var report = await weather.AddOnceAsync(samples, importId, TimeSpan.FromDays(1), cancellationToken);

        // end-snippet
        return report;
    }

    /// <summary>Exports a day of all sensors of a city.</summary>
    /// <param name="weather">A set of series.</param>
    /// <param name="body">Where it goes: the body of a response, or a file.</param>
    /// <param name="day">The day.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>How many lines there are.</returns>
    public static async Task<long> ExportAsync(KeyspaceTimeSeries weather, Stream body, DateTimeOffset day, CancellationToken cancellationToken)
    {
        // snippet: series-export
        var lines = await weather.ExportCsvAsync(
            body,
            SeriesFilter.Is("city", "Seattle"),
            TimeRange.Between(day, day.AddDays(1)),
            new SeriesRangeOptions { Aggregation = new Aggregation(Aggregator.Average, TimeSpan.FromHours(1)) },
            new SeriesExportOptions { LabelColumns = ["city", "unit"] },
            cancellationToken);

        // end-snippet
        return lines;
    }
}
