using System.IO.Compression;

namespace RedisPatterns.Tests.TimeSeries;

public sealed class SeriesArchiveFolderTests : IDisposable
{
    private readonly string _folder = Path.Combine(Path.GetTempPath(), $"redispatterns-{Guid.NewGuid():N}");

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_period_becomes_a_compressed_file_of_lines()
    {
        var archive = Archive("oslo", new Dictionary<string, string> { ["city"] = "Oslo", ["kind"] = "\"t\"" }, (1_000, 21.5), (2_000, -0.1), (3_000, double.PositiveInfinity));
        await new SeriesArchiveFolder(_folder).WriteAsync(archive, Cancellation);
        var file = Assert.Single(Directory.GetFiles(_folder));
        Assert.Equal("weather,hourly~oslo~1000.ndjson.gz", Path.GetFileName(file));
        await using var zipped = new GZipStream(File.OpenRead(file), CompressionMode.Decompress);
        using var reader = new StreamReader(zipped);
        Assert.Equal(
            """
            {"series":"oslo","time":1000,"value":21.5,"labels":{"city":"Oslo","kind":"\"t\""}}
            {"series":"oslo","time":2000,"value":-0.1,"labels":{"city":"Oslo","kind":"\"t\""}}
            {"series":"oslo","time":3000,"value":"Infinity","labels":{"city":"Oslo","kind":"\"t\""}}

            """,
            await reader.ReadToEndAsync(Cancellation));
    }

    [Fact]
    public async Task A_period_that_comes_again_becomes_a_further_file()
    {
        var folder = new SeriesArchiveFolder(_folder, isCompressed: false);
        foreach (var value in (double[])[1, 2, 3])
        {
            await folder.WriteAsync(Archive("a/b", [], (1_000, value)), Cancellation);
        }

        Assert.Equal(
            ["weather,hourly~a%2Fb~1000.ndjson", "weather,hourly~a%2Fb~1000~2.ndjson", "weather,hourly~a%2Fb~1000~3.ndjson"],
            Directory.GetFiles(_folder).Select(Path.GetFileName).Order(StringComparer.Ordinal));
        Assert.Contains("\"value\":2,", await File.ReadAllTextAsync(Path.Combine(_folder, "weather,hourly~a%2Fb~1000~2.ndjson"), Cancellation), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_write_that_ends_half_way_leaves_no_file(bool isCompressed)
    {
        using var gone = new CancellationTokenSource();
        await gone.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await new SeriesArchiveFolder(_folder, isCompressed).WriteAsync(Archive("a", [], (1_000, 1)), gone.Token));
        Assert.Empty(Directory.GetFiles(_folder));
    }

    [Fact]
    public async Task Bad_input_is_refused()
    {
        Assert.Throws<ArgumentException>(() => new SeriesArchiveFolder(" "));
        await Assert.ThrowsAsync<ArgumentNullException>(async () => await new SeriesArchiveFolder(_folder).WriteAsync(null!, Cancellation));
    }

    public void Dispose()
    {
        if (Directory.Exists(_folder)) Directory.Delete(_folder, recursive: true);
    }

    private static SeriesArchive Archive(string series, Dictionary<string, string> labels, params (long Timestamp, double Value)[] samples)
    {
        var buffer = new SampleBuffer();
        foreach (var (timestamp, value) in samples)
        {
            buffer.Add(timestamp, value);
        }

        return new("weather,hourly", new(series, labels), new(1_000, 5_000), buffer.ToData());
    }
}
