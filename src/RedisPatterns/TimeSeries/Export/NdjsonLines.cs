using System.Buffers;
using System.Globalization;
using System.Text.Json;

namespace RedisPatterns;

/// <summary>Samples as JSON, an object on each line.</summary>
/// <param name="options">How they are exported.</param>
/// <param name="namesInfinities">Whether values that are not finite are texts, so that nothing is lost, rather than null.</param>
internal sealed class NdjsonLines(SeriesExportOptions options, bool namesInfinities = false) : SampleLines(options), IDisposable
{
    private static readonly JsonEncodedText SeriesName = JsonEncodedText.Encode("series");
    private static readonly JsonEncodedText TimeName = JsonEncodedText.Encode("time");
    private static readonly JsonEncodedText ValueName = JsonEncodedText.Encode("value");
    private static readonly JsonEncodedText LabelsName = JsonEncodedText.Encode("labels");

    private readonly Utf8JsonWriter _json = new(Stream.Null, new JsonWriterOptions { Encoder = Encoder, SkipValidation = true });
    private JsonEncodedText _series;
    private byte[] _labels = [];

    public override void Begin(IBufferWriter<byte> output)
    {
    }

    public override void Enter(LabelledSeries series)
    {
        _series = JsonEncodedText.Encode(Whole(series.Name), Encoder);
        _labels = Options.WithLabels ? Labels(series) : [];
    }

    public override void Write(IBufferWriter<byte> output, SeriesSample sample)
    {
        _json.Reset(output);
        _json.WriteStartObject();
        _json.WriteString(SeriesName, _series);
        if (Options.TimeFormat == SeriesTimeFormat.Milliseconds)
        {
            _json.WriteNumber(TimeName, sample.Timestamp);
        }
        else
        {
            Span<byte> time = stackalloc byte[32];
            _json.WriteString(TimeName, time[..Format(sample.Timestamp, time)]);
        }

        if (double.IsFinite(sample.Value))
        {
            _json.WriteNumber(ValueName, sample.Value);
        }
        else if (namesInfinities)
        {
            _json.WriteString(ValueName, sample.Value.ToString(CultureInfo.InvariantCulture));
        }
        else
        {
            _json.WriteNull(ValueName);
        }

        if (Options.WithLabels)
        {
            _json.WritePropertyName(LabelsName);
            _json.WriteRawValue(_labels, skipInputValidation: true);
        }

        _json.WriteEndObject();
        _json.Flush();
        output.Write("\n"u8);
    }

    public void Dispose() => _json.Dispose();
}
