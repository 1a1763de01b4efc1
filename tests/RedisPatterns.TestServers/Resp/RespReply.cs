using System.Text;

namespace RedisPatterns.TestServers;

/// <summary>One reply as it came over the wire: a text, an integer, an error, a list or nothing.</summary>
public sealed record RespReply
{
    private RespReply(char type, ReadOnlyMemory<byte> bytes, IReadOnlyList<RespReply>? items)
    {
        Type = type;
        Bytes = bytes;
        Items = items ?? [];
    }

    /// <summary>The first character on the wire, <c>+ - : $ *</c> and RESP3's; <c>_</c> for every kind of null.</summary>
    public char Type { get; }

    /// <summary>The payload, empty for lists and null.</summary>
    public ReadOnlyMemory<byte> Bytes { get; }

    /// <summary>The elements of a list, set or map (keys and values in turn).</summary>
    public IReadOnlyList<RespReply> Items { get; }

    public bool IsNull => Type == '_';
    public bool IsError => Type is '-' or '!';

    /// <summary>The payload as UTF-8 text, or null.</summary>
    public string? Text => IsNull ? null : Encoding.UTF8.GetString(Bytes.Span);

    /// <summary>The payload as an integer.</summary>
    public long Integer => long.Parse(Bytes.Span, System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>Lists in brackets, texts as they are.</summary>
    public override string ToString() => Items.Count > 0 || Type is '*' or '%' or '~' or '>'
        ? $"[{string.Join(", ", Items)}]"
        : IsNull ? "(nil)" : IsError ? $"(error) {Text}" : Text!;

    internal static RespReply Null { get; } = new('_', default, null);
    internal static RespReply Scalar(char type, ReadOnlyMemory<byte> bytes) => new(type, bytes, null);
    internal static RespReply List(char type, IReadOnlyList<RespReply> items) => new(type, default, items);
}
