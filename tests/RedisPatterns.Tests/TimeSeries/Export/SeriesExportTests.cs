using System.Globalization;
using System.Text;
using System.Text.Json;
using RedisPatterns.InMemory;

namespace RedisPatterns.Tests.TimeSeries.Export;

public sealed class SeriesExportTests : IAsyncDisposable
{
    private const string Odd = "od\"d, näme\r\n☃ 🚀";
    private static readonly DateTimeOffset Noon = new(2026, 11, 29, 12, 0, 0, TimeSpan.Zero);

    private readonly InMemoryKeyValueStore _store = new();
    private readonly RoundTripCountingKeyValueStore _counted;
    private readonly KeyspaceTimeSeries _series;

    public SeriesExportTests()
    {
        _counted = new(_store);
        _series = _counted.Keyspace("shop").TimeSeries("weather", new() { Engine = SeriesEngine.HashBuckets, Period = TimeSpan.FromMinutes(10) });
    }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => _counted.DisposeAsync();

    [Fact]
    public async Task Csv_has_the_golden_text()
    {
        await FillAsync();
        Assert.Equal(
            "time,series,value\r\n2026-11-29T12:00:00.000Z,seattle,21.5\r\n2026-11-29T12:00:01.500Z,seattle,-0\r\n2026-11-29T12:01:00.000Z,seattle,1E+300\r\n",
            await CsvAsync("seattle"));
        Assert.Equal("time,series,value\r\n", await CsvAsync("none"));
        Assert.Equal(
            "1795953600000,seattle,21.5,\"{\"\"city\"\":\"\"Seattle, WA\"\",\"\"unit\"\":\"\"°C\"\"}\",,\"Seattle, WA\"\r\n",
            await CsvAsync("seattle", new() { Limit = 1 }, new() { TimeFormat = SeriesTimeFormat.Milliseconds, WithHeader = false, WithLabels = true, LabelColumns = ["lack\"ing", "city"] }));
        Assert.Equal(
            "time,series,value,labels,city,\"a,\"\"b\"\r\n2026-11-29T12:01:00.000Z,seattle,1E+300,\"{\"\"city\"\":\"\"Seattle, WA\"\",\"\"unit\"\":\"\"°C\"\"}\",\"Seattle, WA\",\r\n",
            await CsvAsync("seattle", new() { Limit = 1, IsDescending = true }, new() { WithLabels = true, LabelColumns = ["city", "a,\"b"] }));
    }

    [Fact]
    public async Task Ndjson_has_the_golden_text()
    {
        await FillAsync();
        Assert.Equal(
            """
            {"series":"seattle","time":"2026-11-29T12:00:00.000Z","value":21.5}
            {"series":"seattle","time":"2026-11-29T12:00:01.500Z","value":-0}
            {"series":"seattle","time":"2026-11-29T12:01:00.000Z","value":1E+300}

            """.ReplaceLineEndings("\n"),
            await NdjsonAsync("seattle"));
        Assert.Equal("", await NdjsonAsync("none"));
        Assert.Equal(
            """{"series":"seattle","time":1795953600000,"value":21.5,"labels":{"city":"Seattle, WA","unit":"°C"}}""" + "\n",
            await NdjsonAsync("seattle", new() { Limit = 1 }, new() { TimeFormat = SeriesTimeFormat.Milliseconds, WithLabels = true }));
    }

    [Fact]
    public async Task Buckets_without_a_value_are_empty_and_null()
    {
        await FillAsync();
        var options = new SeriesRangeOptions { Aggregation = new(Aggregator.Maximum, TimeSpan.FromSeconds(30)) { Empty = EmptyBuckets.NaN } };
        Assert.Equal(
            "time,series,value\r\n2026-11-29T12:00:00.000Z,seattle,21.5\r\n2026-11-29T12:00:30.000Z,seattle,\r\n2026-11-29T12:01:00.000Z,seattle,1E+300\r\n",
            await CsvAsync("seattle", options));
        Assert.Contains("\"time\":\"2026-11-29T12:00:30.000Z\",\"value\":null}\n", await NdjsonAsync("seattle", options), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Odd_names_and_values_come_back()
    {
        double[] values = [double.Epsilon, double.MaxValue, -double.MaxValue, 1.0 / 3, 0.1, -0.0, 123456789.123456789, 1e-7];
        await _series.DeclareAsync(Odd, new Dictionary<string, string> { [Odd] = Odd + "\u2028</script>\0" }, Cancellation);
        await _series.AddAsync(Odd, values.Select((value, i) => new SeriesSample(i, value)).ToArray(), Cancellation);
        foreach (var line in (await NdjsonAsync(SeriesFilter.All, export: new() { WithLabels = true })).Split('\n', StringSplitOptions.RemoveEmptyEntries).Index())
        {
            using var json = JsonDocument.Parse(line.Item);
            Assert.Equal(Odd, json.RootElement.GetProperty("series").GetString());
            Assert.Equal(line.Index, json.RootElement.GetProperty("time").GetDateTimeOffset().ToUnixTimeMilliseconds());
            Assert.Equal(BitConverter.DoubleToInt64Bits(values[line.Index]), BitConverter.DoubleToInt64Bits(json.RootElement.GetProperty("value").GetDouble()));
            Assert.Equal(Odd + "\u2028</script>\0", json.RootElement.GetProperty("labels").GetProperty(Odd).GetString());
        }

        var rows = ParseCsv(await CsvAsync(SeriesFilter.All, export: new() { LabelColumns = [Odd] }));
        Assert.Equal(["time", "series", "value", Odd], rows[0]);
        Assert.Equal(values.Length + 1, rows.Count);
        foreach (var (i, row) in rows.Skip(1).Index())
        {
            Assert.Equal((Odd, Odd + "\u2028</script>\0"), (row[1], row[3]));
            Assert.Equal(BitConverter.DoubleToInt64Bits(values[i]), BitConverter.DoubleToInt64Bits(double.Parse(row[2], CultureInfo.InvariantCulture)));
        }

        // Half a character has no bytes in UTF-8.
        await _series.AddAsync("half \ud83d", new SeriesSample(1, 1), Cancellation);
        Assert.Equal("time,series,value\r\n1970-01-01T00:00:00.001Z,half \ufffd,1\r\n", await CsvAsync("half \ud83d"));
        Assert.Equal("{\"series\":\"half \ufffd\",\"time\":\"1970-01-01T00:00:00.001Z\",\"value\":1}\n", await NdjsonAsync("half \ud83d"));
    }

    [Fact]
    public async Task Series_follow_one_another_by_a_filter()
    {
        await FillAsync();
        await _series.DeclareAsync("oslo", new Dictionary<string, string> { ["city"] = "Oslo" }, Cancellation);
        await _series.AddAsync("oslo", new SeriesSample(Noon, 1), Cancellation);
        await _series.AddAsync("plain", new SeriesSample(Noon, 2), Cancellation);
        Assert.Equal(
            ["2026-11-29T12:00:00.000Z,oslo,1,Oslo", "2026-11-29T12:00:00.000Z,seattle,21.5,\"Seattle, WA\"", "time,series,value,city"],
            (await CsvAsync(SeriesFilter.Has("city"), new() { Limit = 1 }, new() { LabelColumns = ["city"] })).Split("\r\n", StringSplitOptions.RemoveEmptyEntries).Order(StringComparer.Ordinal));
        Assert.Equal(5, (await NdjsonAsync(SeriesFilter.All)).Count(c => c == '\n'));
    }

    [Fact]
    public async Task A_long_series_is_written_piece_by_piece_as_it_is_read()
    {
        const int Count = 50_000;
        await _series.AddAsync("long", Enumerable.Range(0, Count).Select(i => new SeriesSample(i * 1_000L, i)).ToArray(), Cancellation);
        var stream = new PieceStream(() => _counted.RoundTrips);
        Assert.Equal(Count, await _series.ExportCsvAsync(stream, "long", TimeRange.All, cancellationToken: Cancellation));
        Assert.InRange(stream.Pieces.Max(piece => piece.Length), 1, (64 * 1024) + 100);
        Assert.True(stream.Pieces.Count > 20);

        // When a piece is written, what comes behind it was not yet read.
        Assert.True(stream.Pieces[0].RoundTrips < stream.Pieces[^1].RoundTrips);
        Assert.Equal(stream.Pieces.Select(piece => piece.RoundTrips).Order(), stream.Pieces.Select(piece => piece.RoundTrips));
        Assert.True(stream.IsFlushed);
    }

    [Fact]
    public async Task It_can_be_cancelled_between_two_pieces()
    {
        await _series.AddAsync("long", Enumerable.Range(0, 20_000).Select(i => new SeriesSample(i * 1_000L, i)).ToArray(), Cancellation);
        using var cancellation = new CancellationTokenSource();
        var stream = new PieceStream(() =>
        {
            cancellation.Cancel();
            return 0;
        });
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => _series.ExportNdjsonAsync(stream, "long", TimeRange.All, cancellationToken: cancellation.Token).AsTask());
        Assert.InRange(stream.Pieces.Count, 1, 2);
        Assert.False(stream.IsFlushed);
    }

    [Fact]
    public async Task Bad_arguments_are_refused()
    {
        await using var closed = new MemoryStream([], writable: false);
        await Assert.ThrowsAsync<ArgumentException>(() => _series.ExportCsvAsync(closed, "a", TimeRange.All, cancellationToken: Cancellation).AsTask());
        await Assert.ThrowsAsync<ArgumentException>(() => _series.ExportNdjsonAsync(Stream.Null, "", TimeRange.All, cancellationToken: Cancellation).AsTask());
        await Assert.ThrowsAsync<ArgumentNullException>(() => _series.ExportCsvAsync(Stream.Null, (SeriesFilter)null!, TimeRange.All, cancellationToken: Cancellation).AsTask());
    }

    private async Task FillAsync()
    {
        await _series.DeclareAsync("seattle", new Dictionary<string, string> { ["unit"] = "°C", ["city"] = "Seattle, WA" }, Cancellation);
        await _series.AddAsync("seattle", new SeriesSample[] { new(Noon, 21.5), new(Noon.AddSeconds(1.5), -0.0), new(Noon.AddMinutes(1), 1e300) }, Cancellation);
    }

    private Task<string> CsvAsync(string series, SeriesRangeOptions? options = null, SeriesExportOptions? export = null) =>
        TextAsync(stream => _series.ExportCsvAsync(stream, series, TimeRange.All, options, export, Cancellation));

    private Task<string> CsvAsync(SeriesFilter filter, SeriesRangeOptions? options = null, SeriesExportOptions? export = null) =>
        TextAsync(stream => _series.ExportCsvAsync(stream, filter, TimeRange.All, options, export, Cancellation));

    private Task<string> NdjsonAsync(string series, SeriesRangeOptions? options = null, SeriesExportOptions? export = null) =>
        TextAsync(stream => _series.ExportNdjsonAsync(stream, series, TimeRange.All, options, export, Cancellation));

    private Task<string> NdjsonAsync(SeriesFilter filter, SeriesRangeOptions? options = null, SeriesExportOptions? export = null) =>
        TextAsync(stream => _series.ExportNdjsonAsync(stream, filter, TimeRange.All, options, export, Cancellation));

    private static async Task<string> TextAsync(Func<Stream, ValueTask<long>> export)
    {
        using var stream = new MemoryStream();
        await export(stream);
        return Encoding.UTF8.GetString(stream.ToArray());
    }

    // A reader of RFC 4180 that knows no more than it.
    private static List<string[]> ParseCsv(string text)
    {
        var (rows, row, field) = (new List<string[]>(), new List<string>(), new StringBuilder());
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == '"')
            {
                for (i++; text[i] != '"' || (i + 1 < text.Length && text[i + 1] == '"'); i++)
                {
                    field.Append(text[i]);
                    i += text[i] == '"' ? 1 : 0;
                }
            }
            else if (text[i] is ',' or '\r')
            {
                row.Add(field.ToString());
                field.Clear();
                if (text[i] == '\r')
                {
                    Assert.Equal('\n', text[++i]);
                    rows.Add([.. row]);
                    row.Clear();
                }
            }
            else
            {
                field.Append(text[i]);
            }
        }

        Assert.Empty(row);
        return rows;
    }

    private sealed class PieceStream(Func<long> look) : MemoryStream
    {
        public List<(int Length, long RoundTrips)> Pieces { get; } = [];

        public bool IsFlushed { get; private set; }

        public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
        {
            cancellationToken.ThrowIfCancellationRequested();
            Pieces.Add((buffer.Length, look()));
            return ValueTask.CompletedTask;
        }

        public override Task FlushAsync(CancellationToken cancellationToken)
        {
            IsFlushed = true;
            return Task.CompletedTask;
        }
    }
}
