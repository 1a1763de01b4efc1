using System.Buffers;
using System.Globalization;
using System.Text;

namespace RedisPatterns;

/// <summary>Samples as CSV by RFC 4180.</summary>
internal sealed class CsvLines(SeriesExportOptions options) : SampleLines(options)
{
    private const int LongestNumber = 32;
    private static readonly SearchValues<char> Special = SearchValues.Create(",\"\r\n");

    private byte[] _series = [];
    private byte[] _end = [];

    public override void Begin(IBufferWriter<byte> output)
    {
        if (Options.WithHeader)
        {
            var header = new StringBuilder("time,series,value");
            if (Options.WithLabels)
            {
                header.Append(",labels");
            }

            foreach (var label in Options.LabelColumns)
            {
                Append(header.Append(','), label);
            }

            output.Write(Encoding.UTF8.GetBytes(header.Append("\r\n").ToString()));
        }
    }

    public override void Enter(LabelledSeries series)
    {
        var text = new StringBuilder(",");
        Append(text, series.Name);
        _series = Encoding.UTF8.GetBytes(text.Append(',').ToString());
        text.Clear();
        if (Options.WithLabels)
        {
            Append(text.Append(','), Encoding.UTF8.GetString(Labels(series)));
        }

        foreach (var label in Options.LabelColumns)
        {
            Append(text.Append(','), series.Labels.TryGetValue(label, out var value) ? value : "");
        }

        _end = Encoding.UTF8.GetBytes(text.Append("\r\n").ToString());
    }

    public override void Write(IBufferWriter<byte> output, SeriesSample sample)
    {
        var line = output.GetSpan(LongestNumber + _series.Length + LongestNumber + _end.Length);
        int length;
        if (Options.TimeFormat == SeriesTimeFormat.Milliseconds)
        {
            sample.Timestamp.TryFormat(line, out length, default, CultureInfo.InvariantCulture);
        }
        else
        {
            length = Format(sample.Timestamp, line);
        }

        _series.CopyTo(line[length..]);
        length += _series.Length;
        if (double.IsFinite(sample.Value))
        {
            sample.Value.TryFormat(line[length..], out var digits, "R", CultureInfo.InvariantCulture);
            length += digits;
        }

        _end.CopyTo(line[length..]);
        output.Advance(length + _end.Length);
    }

    private static void Append(StringBuilder text, string field)
    {
        if (field.AsSpan().ContainsAny(Special))
        {
            text.Append('"').Append(field.Replace("\"", "\"\"", StringComparison.Ordinal)).Append('"');
        }
        else
        {
            text.Append(field);
        }
    }
}
