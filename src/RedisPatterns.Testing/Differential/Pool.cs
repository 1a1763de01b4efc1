using System.Text;

namespace RedisPatterns.Testing;

/// <summary>The keys and values that commands are made of: few, so that they meet, and strange ones among them.</summary>
internal sealed class Pool
{
    private readonly StoreKey[][] _byKind;

    public Pool(string tag)
    {
        Tag = $"{{{tag}}}";
        _byKind = [.. Enum.GetValues<KeyKind>().Select(kind => Enumerable.Range(0, 3).Select(i => (StoreKey)$"{Tag}{kind}{i}").ToArray())];
        Strange = [Tag, $"{Tag} a key\r\n", (byte[])[.. Encoding.UTF8.GetBytes(Tag), 0, 255, (byte)'"'], $"{Tag}ключ", $"{Tag}{new string('k', 300)}"];
        Idempotency = [.. Enumerable.Range(0, 4).Select(i => (StoreKey)$"{Tag}once{i}")];
        Keys = [.. _byKind.SelectMany(keys => keys), .. Strange];
        Mixed = [.. Keys.Except(Of(KeyKind.HyperLogLog))];
    }

    /// <summary>The hash tag of all keys, with its braces.</summary>
    public string Tag { get; }

    /// <summary>The keys that hold data.</summary>
    public StoreKey[] Keys { get; }

    /// <summary>Those that any command may be given: all but the HyperLogLogs, which commands on bytes would damage.</summary>
    public StoreKey[] Mixed { get; }

    /// <summary>The keys under which commits are remembered.</summary>
    public StoreKey[] Idempotency { get; }

    public StoreKey[] Strange { get; }

    public static StoreValue[] Values { get; } =
    [
        "", "a", "b", "hello", "hello world", "0", "1", "-1", "7", "10", "100", "42", "9223372036854775807", "-9223372036854775808",
        "9223372036854775806", "9223372036854775808", "1.5", "0.1", "-0", "01", "+1", " 1", "1 ", "1e3", "3.0e10", "inf", "-inf", "nan", "1.",
        ".5", "\0", "\r\n", "a\0b", "ünï", "𝄞", new byte[] { 0xFF, 0xFE, 0 }, new byte[] { 0x80 }, new string('x', 64), new string('y', 1500),
        12, -5, long.MaxValue, long.MinValue, 2.5, -0.25, 1e17,
    ];

    public static StoreValue[] Members { get; } =
        ["a", "b", "c", "d", "aa", "ab", "", "1", "2", "-3", "10", "B", "\0", "é", new byte[] { 0xFF }, 5, "a b"];

    public static long[] Integers { get; } =
        [0, 1, -1, 2, 3, 10, -10, 100, 255, -256, int.MaxValue, int.MinValue, 1L << 53, long.MaxValue, long.MaxValue - 1, long.MinValue, long.MinValue + 1];

    public static long[] Indexes { get; } = [0, 0, 1, 2, 3, 4, 7, 20, -1, -1, -2, -3, -4, -20, int.MaxValue, long.MaxValue, long.MinValue];

    public static double[] Doubles { get; } =
        [0, 1, -1, 2, 0.5, 1.5, -2.25, 3, 10, 0.1, 0.2, 1e10, -1e10, 1e17, 123456.789, 3.0e-5, 9007199254740993, 5e300, -5e300];

    public static string[] Patterns { get; } = ["*", "a*", "?", "[a-c]*", "[^a]*", "*\\**", "*1*", "", "a?", "[ab", "\\a*"];

    public static string[] Groups { get; } = ["g", "h"];

    public static string[] Consumers { get; } = ["alice", "bob", "Carol"];

    public StoreKey[] Of(KeyKind kind) => _byKind[(int)kind];
}
