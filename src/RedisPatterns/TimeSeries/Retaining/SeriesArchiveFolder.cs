using System.Buffers;
using System.Globalization;
using System.IO.Compression;

namespace RedisPatterns;

/// <summary>Keeps dropped periods as files: a line of JSON for each sample, compressed by GZip unless told otherwise.</summary>
/// <remarks>
/// <para>
/// A file is named after the set, the series and the beginning of the period, and begins to have that name when it is whole and on the disk: so
/// what is there can be relied on. A period that is archived again, since the step after it failed or since late samples came, becomes a
/// further file, numbered from 2 on; joined with the policy <see cref="DuplicatePolicy.Last"/> they are the period.
/// </para>
/// <para>A line: <c>{"series":"oslo","time":1732838400000,"value":21.5,"labels":{"city":"oslo"}}</c>. A sum that has become infinite is a text: <c>"Infinity"</c>.</para>
/// </remarks>
public sealed class SeriesArchiveFolder
{
    private static readonly SeriesExportOptions Form = new() { TimeFormat = SeriesTimeFormat.Milliseconds, WithLabels = true };
    private readonly string _folder;
    private readonly bool _isCompressed;

    /// <summary>A folder.</summary>
    /// <param name="folder">Its path; it is made when it is missing.</param>
    /// <param name="isCompressed">Whether files are compressed.</param>
    public SeriesArchiveFolder(string folder, bool isCompressed = true)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(folder);
        (_folder, _isCompressed) = (folder, isCompressed);
    }

    /// <summary>Writes a file: pass this method to <see cref="KeyspaceTimeSeries.ApplyRetentionAsync"/>.</summary>
    /// <param name="archive">The period.</param>
    /// <param name="cancellationToken">Gives up; no file with the name is left.</param>
    /// <exception cref="IOException">The file can not be written.</exception>
    public async ValueTask WriteAsync(SeriesArchive archive, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(archive);
        Directory.CreateDirectory(_folder);
        var unfinished = Path.Combine(_folder, $"{Guid.NewGuid():N}.tmp");
        try
        {
            var file = new FileStream(unfinished, FileMode.CreateNew, FileAccess.Write, FileShare.None);
            await using (file.ConfigureAwait(false))
            {
                await WriteAsync(file, archive, cancellationToken).ConfigureAwait(false);
                file.Flush(flushToDisk: true);
            }

            Name(unfinished, archive);
        }
        catch
        {
            File.Delete(unfinished);
            throw;
        }
    }

    private async ValueTask WriteAsync(Stream file, SeriesArchive archive, CancellationToken cancellationToken)
    {
        if (!_isCompressed)
        {
            await WriteLinesAsync(file, archive, cancellationToken).ConfigureAwait(false);
            return;
        }

        var zipped = new GZipStream(file, CompressionLevel.Optimal, leaveOpen: true);
        await using (zipped.ConfigureAwait(false))
        {
            await WriteLinesAsync(zipped, archive, cancellationToken).ConfigureAwait(false);
        }
    }

    private static async ValueTask WriteLinesAsync(Stream target, SeriesArchive archive, CancellationToken cancellationToken)
    {
        using var lines = new NdjsonLines(Form, namesInfinities: true);
        var output = new ArrayBufferWriter<byte>();
        lines.Enter(archive.Series);
        foreach (var sample in archive.Samples)
        {
            lines.Write(output, sample);
        }

        await target.WriteAsync(output.WrittenMemory, cancellationToken).ConfigureAwait(false);
    }

    private void Name(string unfinished, SeriesArchive archive)
    {
        var stem = Path.Combine(_folder, string.Create(
            CultureInfo.InvariantCulture, $"{archive.Set}~{Uri.EscapeDataString(archive.Series.Name)}~{archive.Period.From}"));
        var ending = _isCompressed ? ".ndjson.gz" : ".ndjson";
        for (var number = 1; ; number++)
        {
            var name = number == 1 ? stem + ending : string.Create(CultureInfo.InvariantCulture, $"{stem}~{number}{ending}");
            if (!File.Exists(name))
            {
                File.Move(unfinished, name, overwrite: false);
                return;
            }
        }
    }
}
