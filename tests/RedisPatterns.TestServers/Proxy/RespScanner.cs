using System.Globalization;
using System.Text;

namespace RedisPatterns.TestServers;

/// <summary>One whole value of a RESP stream, as <see cref="RespScanner"/> found it.</summary>
/// <param name="End">Where it ends in the chunk it was completed in.</param>
/// <param name="Bytes">How long it is on the wire.</param>
/// <param name="Type">Its first character.</param>
/// <param name="First">Its first element as text, for a list; an inline command as a whole.</param>
/// <param name="Second">Its second element as text.</param>
internal readonly record struct RespValue(int End, long Bytes, char Type, string First, string Second);

/// <summary>
/// Finds the ends of top-level values in a RESP stream, requests or replies, however it is cut into chunks.
/// It keeps nothing of the payloads but the beginning of the first two elements.
/// </summary>
internal sealed class RespScanner
{
    private const int KeptBytes = 64;

    private readonly Stack<long> _open = new(); // how many elements each open list still awaits
    private readonly List<byte> _line = [];
    private readonly List<byte> _kept = [];
    private readonly string[] _names = new string[2];
    private long _skip;                         // what is left of a bulk payload and its line end
    private bool _inBulk;
    private char _type;
    private int _element;
    private long _bytes;

    /// <summary>The values that are completed by this chunk, in order.</summary>
    public List<RespValue> Feed(ReadOnlySpan<byte> chunk)
    {
        var found = new List<RespValue>();
        var at = 0;
        while (at < chunk.Length)
        {
            if (_bytes == 0 && !_inBulk && _line.Count == 0) Begin();
            var from = at;
            var ended = _inBulk ? ReadBulk(chunk, ref at) : ReadLine(chunk, ref at);
            _bytes += at - from;
            if (!ended) continue;
            found.Add(new RespValue(at, _bytes, _type, _names[0], _names[1]));
            _bytes = 0;
        }

        return found;
    }

    private void Begin()
    {
        _names[0] = _names[1] = "";
        _element = 0;
        _type = '\0';
    }

    /// <summary>True when a top-level value ends here.</summary>
    private bool ReadBulk(ReadOnlySpan<byte> chunk, ref int at)
    {
        var take = (int)Math.Min(_skip, chunk.Length - at);
        Keep(chunk.Slice(at, take));
        at += take;
        _skip -= take;
        if (_skip > 0) return false;
        _inBulk = false;
        EndName();
        return EndElement();
    }

    private bool ReadLine(ReadOnlySpan<byte> chunk, ref int at)
    {
        var rest = chunk[at..];
        var length = rest.IndexOf((byte)'\n');
        _line.AddRange(length < 0 ? rest : rest[..length]);
        at += length < 0 ? rest.Length : length + 1;
        if (length < 0) return false;

        var line = Encoding.Latin1.GetString([.. _line]).TrimEnd('\r');
        _line.Clear();
        return EndLine(line);
    }

    private bool EndLine(string line)
    {
        if (line.Length == 0) return EndElement();
        if (_type == '\0') _type = line[0];
        switch (line[0])
        {
            case '*' or '%' or '~' or '>':
                var items = Count(line) * (line[0] == '%' ? 2 : 1);
                if (items <= 0) return EndElement();
                _open.Push(items);
                return false;
            case '$' or '!' or '=':
                var size = Count(line);
                if (size < 0) return EndElement();
                (_inBulk, _skip) = (true, size + 2);
                return false;
            default:
                if (_element < 2) _names[_element] = _open.Count > 0 ? line[1..] : line;
                return EndElement();
        }
    }

    /// <summary>Closes this element and every list that it was the last of.</summary>
    private bool EndElement()
    {
        _element++;
        while (_open.TryPop(out var awaited))
        {
            if (awaited <= 1) continue;
            _open.Push(awaited - 1);
            return false;
        }

        return true;
    }

    private void Keep(ReadOnlySpan<byte> part)
    {
        if (_element >= 2) return;
        var payload = (int)Math.Min(part.Length, Math.Max(0, _skip - 2));
        _kept.AddRange(part[..Math.Min(payload, KeptBytes - _kept.Count)]);
    }

    private void EndName()
    {
        if (_element < 2) _names[_element] = Encoding.UTF8.GetString([.. _kept]);
        _kept.Clear();
    }

    private static long Count(string line) => long.Parse(line.AsSpan(1), CultureInfo.InvariantCulture);
}
