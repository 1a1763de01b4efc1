using System.Collections;
using System.Globalization;
using System.Text;

namespace RedisPatterns.Testing;

/// <summary>Compares what tests expect with what they see, and writes both so that a reader sees the difference.</summary>
internal static class ValueComparison
{
    private const int TextLimit = 80;
    private const int ItemLimit = 40;

    public static void ThrowUnlessEqual(object? expected, object? actual, string what)
    {
        if (!AreEqual(expected, actual))
        {
            throw new ConformanceFailedException($"{what}: expected {Describe(expected)}, was {Describe(actual)}");
        }
    }

    public static void ThrowUnlessSameElements<T>(List<T> expected, List<T> actual, string what)
    {
        var same = expected.Count == actual.Count;
        if (same && !typeof(T).IsAssignableTo(typeof(IEnumerable)))
        {
            same = !expected.CountBy(item => (item, 0)).Except(actual.CountBy(item => (item, 0))).Any();
        }
        else if (same)
        {
            var rest = new List<T>(actual);
            same = expected.TrueForAll(item => rest.FindIndex(other => AreEqual(item, other)) is >= 0 and var index && RemoveAt(rest, index));
        }

        if (!same)
        {
            throw new ConformanceFailedException($"{what}: expected in any order {Describe(expected)}, was {Describe(actual)}");
        }
    }

    public static bool AreEqual(object? left, object? right)
    {
        if (left is not IEnumerable leftItems || right is not IEnumerable rightItems || left is string || right is string)
        {
            return Equals(left, right);
        }

        var one = leftItems.GetEnumerator();
        var other = rightItems.GetEnumerator();
        while (true)
        {
            var hasOne = one.MoveNext();
            if (hasOne != other.MoveNext())
            {
                return false;
            }

            if (!hasOne)
            {
                return true;
            }

            if (!AreEqual(one.Current, other.Current))
            {
                return false;
            }
        }
    }

    public static string Describe(object? value) => value switch
    {
        null => "null",
        StoreValue { IsNull: true } => "no value",
        StoreValue stored => Quote(stored.AsMemory().Span),
        StoreKey key => "key " + Quote(key.ToArray()),
        string text => Quote(Encoding.UTF8.GetBytes(text)),
        IEnumerable items => DescribeItems(items),
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString() ?? "",
    };

    private static bool RemoveAt<T>(List<T> items, int index)
    {
        items.RemoveAt(index);
        return true;
    }

    private static string DescribeItems(IEnumerable items)
    {
        var text = new StringBuilder("[");
        var count = 0;
        foreach (var item in items)
        {
            if (++count <= ItemLimit)
            {
                text.Append(count > 1 ? ", " : "").Append(Describe(item));
            }
        }

        return text.Append(CultureInfo.InvariantCulture, $"]{(count > ItemLimit ? $" ({count} items)" : "")}").ToString();
    }

    private static string Quote(ReadOnlySpan<byte> bytes)
    {
        var text = new StringBuilder("\"");
        foreach (var b in bytes[..Math.Min(bytes.Length, TextLimit)])
        {
            _ = b is >= 0x20 and < 0x7F ? text.Append((char)b) : text.Append(CultureInfo.InvariantCulture, $"\\x{b:x2}");
        }

        return text.Append(CultureInfo.InvariantCulture, $"\"{(bytes.Length > TextLimit ? $"... ({bytes.Length} bytes)" : "")}").ToString();
    }
}
