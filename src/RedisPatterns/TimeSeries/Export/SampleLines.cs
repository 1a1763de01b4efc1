using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace RedisPatterns;

/// <summary>Writes samples as lines of text in UTF-8.</summary>
internal abstract class SampleLines(SeriesExportOptions options)
{
    private const string Iso8601 = "yyyy-MM-dd'T'HH:mm:ss.fff'Z'";

    /// <summary>What escapes only what JSON demands: lines are no part of a page.</summary>
    protected static JavaScriptEncoder Encoder { get; } = JavaScriptEncoder.UnsafeRelaxedJsonEscaping;

    /// <summary>How they are exported.</summary>
    protected SeriesExportOptions Options => options;

    /// <summary>Writes what comes before all samples.</summary>
    public abstract void Begin(IBufferWriter<byte> output);

    /// <summary>The samples that follow are of another series.</summary>
    public abstract void Enter(LabelledSeries series);

    /// <summary>Writes a sample.</summary>
    public abstract void Write(IBufferWriter<byte> output, SeriesSample sample);

    /// <summary>Labels as a JSON object, in ordinal order.</summary>
    protected static byte[] Labels(LabelledSeries series)
    {
        var output = new ArrayBufferWriter<byte>();
        using var json = new Utf8JsonWriter(output, new JsonWriterOptions { Encoder = Encoder });
        json.WriteStartObject();
        foreach (var (name, value) in series.Labels.OrderBy(label => label.Key, StringComparer.Ordinal))
        {
            json.WriteString(JsonEncodedText.Encode(Whole(name), Encoder), JsonEncodedText.Encode(Whole(value), Encoder));
        }

        json.WriteEndObject();
        json.Flush();
        return output.WrittenSpan.ToArray();
    }

    /// <summary>A text with half characters replaced, which UTF-8 has no bytes for.</summary>
    protected static string Whole(string text) => Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text));

    /// <summary>Writes a date; tells how long it is.</summary>
    protected static int Format(long timestamp, Span<byte> destination)
    {
        DateTimeOffset.FromUnixTimeMilliseconds(timestamp).TryFormat(destination, out var length, Iso8601, CultureInfo.InvariantCulture);
        return length;
    }
}
