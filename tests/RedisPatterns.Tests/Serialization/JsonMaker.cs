using System.Globalization;
using System.Text;

namespace RedisPatterns.Tests.Serialization;

/// <summary>Makes random JSON: strings with every way to escape, numbers of every form, nested objects and arrays.</summary>
public sealed class JsonMaker(int seed)
{
    private static readonly string[] Nasty =
    [
        "", "true", "false", "null", "tru", "nulls", "{", "[", "\"", "-", "0", "9a", "{}", "[]", "\\", "/", "\0", "\u001f", "\u007f", " ", "\t1",
        "é", "ß", "中文", "😀", "𝒳y", "\u2028", "\uFEFFx", "\uFFFD", "{\"a\":1}", "\"quoted\"", "2024-01-31", "a\nb\r\n", "$v", "ada@example.com",
    ];

    private static readonly string[] Numbers =
    [
        "0", "-0", "1", "-1", "1.10", "0.1", "-12.500", "1e5", "1E+5", "1.5e-7", "1e400", "-0.0", "9007199254740993",
        "12345678901234567890", "-9223372036854775808", "0.30000000000000004", "123456789012345678901234567890.123456789",
    ];

    private readonly Random _random = new(seed);

    public int Next(int limit) => _random.Next(limit);

    /// <summary>Text without lone surrogates.</summary>
    public string Text()
    {
        if (Next(3) == 0)
        {
            return Nasty[Next(Nasty.Length)];
        }

        var text = new StringBuilder();
        for (var left = Next(Next(10) == 0 ? 400 : 12); left > 0; left--)
        {
            _ = Next(8) switch
            {
                0 => text.Append((char)Next(' ')),
                1 => text.Append("\"\\/{}[]-:,"[Next(10)]),
                2 => text.Append((char)('\u00a0' + Next(0x2000))),
                3 => text.Append(char.ConvertFromUtf32(0x10000 + Next(0x100000))),
                4 => text.Append(Nasty[Next(Nasty.Length)]),
                _ => text.Append((char)(' ' + Next(95))),
            };
        }

        return text.ToString();
    }

    /// <summary>A JSON string of a text, each character escaped in one of the ways that it may be.</summary>
    public string Quote(string text)
    {
        var json = new StringBuilder("\"");
        for (var i = 0; i < text.Length; i++)
        {
            var character = text[i];
            if (char.IsHighSurrogate(character) && Next(2) == 0)
            {
                json.Append(character).Append(text[++i]);
                continue;
            }

            var mustEscape = character is < ' ' or '"' or '\\';
            var letter = "\"\\/\b\f\n\r\t".IndexOf(character, StringComparison.Ordinal);
            _ = (mustEscape || Next(4) == 0) switch
            {
                true when letter >= 0 && Next(2) == 0 => json.Append('\\').Append("\"\\/bfnrt"[letter]),
                // The other half is escaped too.
                true or false when char.IsSurrogate(character) => Hex(json, character),
                true => Hex(json, character),
                _ => json.Append(character),
            };
        }

        return json.Append('"').ToString();
    }

    public string Number() => Next(2) == 0 ? Numbers[Next(Numbers.Length)] : _random.NextInt64(-1_000_000, 1_000_000).ToString(CultureInfo.InvariantCulture);

    public string Value(int depth = 3) => Next(depth > 0 ? 9 : 7) switch
    {
        < 4 => Quote(Text()),
        4 or 5 => Number(),
        6 => new[] { "true", "false", "null" }[Next(3)],
        7 => Object(depth - 1),
        _ => "[" + string.Join("," + Space(), Enumerable.Range(0, Next(5)).Select(_ => Value(depth - 1))) + "]",
    };

    /// <summary>An object whose names differ.</summary>
    public string Object(int depth = 3)
    {
        var names = Enumerable.Range(0, Next(Next(20) == 0 ? 60 : 8)).Select(_ => Text()).Distinct(StringComparer.Ordinal);
        var members = names.Select(name => $"{Space()}{Quote(name)}{Space()}:{Space()}{Value(depth)}{Space()}");
        return "{" + string.Join(',', members) + Space() + "}";
    }

    private string Space() => Next(6) == 0 ? " \n\t\r"[Next(4)].ToString() : "";

    private StringBuilder Hex(StringBuilder json, char character) =>
        json.Append("\\u").Append(((int)character).ToString(Next(2) == 0 ? "x4" : "X4", CultureInfo.InvariantCulture));
}
