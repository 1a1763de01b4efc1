using System.Buffers;
using System.Runtime.CompilerServices;

namespace RedisPatterns;

/// <summary>Exports samples to streams, as CSV and as NDJSON.</summary>
/// <remarks>
/// A page of one series and 64 KB of text, and a line, are in memory at a time, however long the series are: each piece of text is awaited by the stream
/// before more is read. Series follow one another, with as many round trips for each as <see cref="SeriesReader.StreamAsync"/> takes, and one
/// for each 256 of them. The stream is flushed in the end and left open. What was written before a failure stays in the stream.
/// <para>
/// CSV is that of RFC 4180: UTF-8 without a mark, lines that end with CR LF, the columns <c>time</c>, <c>series</c> and <c>value</c> and those
/// of the labels, and fields in quotes where they hold a comma, a quote or the end of a line. A field that a spreadsheet takes for a formula
/// is written as it is. NDJSON is UTF-8, with lines that end with LF: <c>{"series":"seattle","time":"2026-11-29T12:00:00.000Z","value":21.5}</c>.
/// A value reads back as the same double; one that is NaN or infinite, as buckets can be, is an empty field and null. A half character of a
/// name, which UTF-8 has no bytes for, is written as U+FFFD.
/// </para>
/// </remarks>
public static class SeriesExport
{
    private const int PieceSize = 64 * 1024;

    /// <summary>Exports a range of a series as CSV.</summary>
    /// <param name="reader">The set of series.</param>
    /// <param name="destination">The stream.</param>
    /// <param name="series">The name of the series; one that does not exist has no samples.</param>
    /// <param name="range">The range.</param>
    /// <param name="options">Order, limit, aggregation; all samples in ascending order unless given.</param>
    /// <param name="export">How they are written; the defaults unless given.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>How many samples, or buckets, were written.</returns>
    /// <exception cref="ArgumentException">The name is empty, or the stream can not be written.</exception>
    /// <exception cref="CorruptSeriesException">What the store holds is damaged.</exception>
    /// <exception cref="SeriesOptionsException">The series are kept by other options.</exception>
    public static ValueTask<long> ExportCsvAsync(
        this SeriesReader reader,
        Stream destination,
        string series,
        TimeRange range,
        SeriesRangeOptions? options = null,
        SeriesExportOptions? export = null,
        CancellationToken cancellationToken = default)
    {
        Check(reader, destination);
        ArgumentException.ThrowIfNullOrEmpty(series);
        export ??= SeriesExportOptions.Default;
        return RunAsync(reader, destination, One(reader, series, export, cancellationToken), range, options, new CsvLines(export), cancellationToken);
    }

    /// <summary>Exports a range of several series as CSV, one after the other, in no order that is promised.</summary>
    /// <param name="reader">The set of series.</param>
    /// <param name="destination">The stream.</param>
    /// <param name="filter">Which series.</param>
    /// <param name="range">The range.</param>
    /// <param name="options">Order, limit of each series, aggregation; all samples in ascending order unless given.</param>
    /// <param name="export">How they are written; the defaults unless given.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>How many samples, or buckets, were written.</returns>
    /// <exception cref="ArgumentException">The stream can not be written.</exception>
    /// <exception cref="CorruptSeriesException">What the store holds is damaged.</exception>
    /// <exception cref="SeriesOptionsException">The series are kept by other options.</exception>
    public static ValueTask<long> ExportCsvAsync(
        this SeriesReader reader,
        Stream destination,
        SeriesFilter filter,
        TimeRange range,
        SeriesRangeOptions? options = null,
        SeriesExportOptions? export = null,
        CancellationToken cancellationToken = default)
    {
        Check(reader, destination);
        ArgumentNullException.ThrowIfNull(filter);
        return RunAsync(reader, destination, reader.ListAsync(filter, cancellationToken), range, options, new CsvLines(export ?? SeriesExportOptions.Default), cancellationToken);
    }

    /// <summary>Exports a range of a series as NDJSON, a sample on each line.</summary>
    /// <param name="reader">The set of series.</param>
    /// <param name="destination">The stream.</param>
    /// <param name="series">The name of the series; one that does not exist has no samples.</param>
    /// <param name="range">The range.</param>
    /// <param name="options">Order, limit, aggregation; all samples in ascending order unless given.</param>
    /// <param name="export">How they are written; the defaults unless given.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>How many samples, or buckets, were written.</returns>
    /// <exception cref="ArgumentException">The name is empty, or the stream can not be written.</exception>
    /// <exception cref="CorruptSeriesException">What the store holds is damaged.</exception>
    /// <exception cref="SeriesOptionsException">The series are kept by other options.</exception>
    public static async ValueTask<long> ExportNdjsonAsync(
        this SeriesReader reader,
        Stream destination,
        string series,
        TimeRange range,
        SeriesRangeOptions? options = null,
        SeriesExportOptions? export = null,
        CancellationToken cancellationToken = default)
    {
        Check(reader, destination);
        ArgumentException.ThrowIfNullOrEmpty(series);
        export ??= SeriesExportOptions.Default;
        using var lines = new NdjsonLines(export);
        return await RunAsync(reader, destination, One(reader, series, export, cancellationToken), range, options, lines, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Exports a range of several series as NDJSON, a sample on each line, one series after the other, in no order that is promised.</summary>
    /// <param name="reader">The set of series.</param>
    /// <param name="destination">The stream.</param>
    /// <param name="filter">Which series.</param>
    /// <param name="range">The range.</param>
    /// <param name="options">Order, limit of each series, aggregation; all samples in ascending order unless given.</param>
    /// <param name="export">How they are written; the defaults unless given.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>How many samples, or buckets, were written.</returns>
    /// <exception cref="ArgumentException">The stream can not be written.</exception>
    /// <exception cref="CorruptSeriesException">What the store holds is damaged.</exception>
    /// <exception cref="SeriesOptionsException">The series are kept by other options.</exception>
    public static async ValueTask<long> ExportNdjsonAsync(
        this SeriesReader reader,
        Stream destination,
        SeriesFilter filter,
        TimeRange range,
        SeriesRangeOptions? options = null,
        SeriesExportOptions? export = null,
        CancellationToken cancellationToken = default)
    {
        Check(reader, destination);
        ArgumentNullException.ThrowIfNull(filter);
        using var lines = new NdjsonLines(export ?? SeriesExportOptions.Default);
        return await RunAsync(reader, destination, reader.ListAsync(filter, cancellationToken), range, options, lines, cancellationToken).ConfigureAwait(false);
    }

    private static void Check(SeriesReader reader, Stream destination)
    {
        ArgumentNullException.ThrowIfNull(reader);
        ArgumentNullException.ThrowIfNull(destination);
        if (!destination.CanWrite)
        {
            throw new ArgumentException("The stream can not be written.", nameof(destination));
        }
    }

    // The labels are asked for only where they are written.
    private static async IAsyncEnumerable<LabelledSeries> One(
        SeriesReader reader, string series, SeriesExportOptions export, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var found = export.WithLabels || export.LabelColumns.Count > 0 ? await reader.FindAsync(series, cancellationToken).ConfigureAwait(false) : null;
        yield return found ?? new(series, new Dictionary<string, string>());
    }

    private static async ValueTask<long> RunAsync(
        SeriesReader reader,
        Stream destination,
        IAsyncEnumerable<LabelledSeries> many,
        TimeRange range,
        SeriesRangeOptions? options,
        SampleLines lines,
        CancellationToken cancellationToken)
    {
        var (output, count) = (new ArrayBufferWriter<byte>(2 * PieceSize), 0L);
        lines.Begin(output);
        await foreach (var series in many.ConfigureAwait(false))
        {
            lines.Enter(series);
            await foreach (var sample in reader.StreamAsync(series.Name, range, options, cancellationToken).ConfigureAwait(false))
            {
                lines.Write(output, sample);
                count++;
                if (output.WrittenCount >= PieceSize)
                {
                    await destination.WriteAsync(output.WrittenMemory, cancellationToken).ConfigureAwait(false);
                    output.ResetWrittenCount();
                }
            }
        }

        await destination.WriteAsync(output.WrittenMemory, cancellationToken).ConfigureAwait(false);
        await destination.FlushAsync(cancellationToken).ConfigureAwait(false);
        return count;
    }
}
