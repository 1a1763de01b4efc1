using System.Buffers.Binary;
using System.Buffers.Text;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;

namespace RedisPatterns;

/// <summary>A value as Redis knows it: a string of bytes, held as bytes, text, a 64-bit integer or a double.</summary>
/// <remarks>
/// Sixteen bytes, no copy: bytes and text are referred to, numbers are kept as numbers and turned to text when they are
/// sent. Two values are equal when their bytes are, so the integer 1 equals the text "1". <c>default</c> is
/// <see cref="Null"/>, the absence of a value, which a reply may be and an argument may not.
/// </remarks>
public readonly struct StoreValue : IEquatable<StoreValue>
{
    // Bytes: the array, with offset << 32 | length; few of them: a tag that knows how many, with the bytes themselves.
    // Text: the string. Numbers: a tag, with the number's bits. The topmost bit marks bytes or text as the name of a key.
    private const long KeyMark = long.MinValue;
    private const int ScratchSize = 128;
    private static readonly object IntegerTag = new();
    private static readonly object DoubleTag = new();
    private static readonly ShortTag[] ShortTags = [.. Enumerable.Range(0, sizeof(long) + 1).Select(length => new ShortTag(length))];

    private readonly object? _object;
    private readonly long _bits;

    private StoreValue(object? content, long bits)
    {
        _object = content;
        _bits = bits;
    }

    /// <summary>No value.</summary>
    public static StoreValue Null => default;

    /// <summary>The empty string.</summary>
    public static StoreValue Empty => new("", 0);

    /// <summary>Whether there is no value.</summary>
    public bool IsNull => _object is null;

    /// <summary>Whether the value is held as a 64-bit integer.</summary>
    public bool IsInteger => ReferenceEquals(_object, IntegerTag);

    /// <summary>Whether the value is held as a double.</summary>
    public bool IsDouble => ReferenceEquals(_object, DoubleTag);

    /// <summary>Whether this argument of a command is the name of a key, to be routed and prefixed as one.</summary>
    public bool IsKey => _bits < 0 && _object is (string or byte[]);

    /// <summary>A value from text.</summary>
    /// <param name="text">The text; null gives <see cref="Null"/>.</param>
    /// <exception cref="ArgumentException">The text holds a lone surrogate, which has no UTF-8 form.</exception>
    public static implicit operator StoreValue(string? text)
    {
        if (text is null)
        {
            return default;
        }

        Utf8.ThrowIfMalformed(text, nameof(text));
        return new(text, 0);
    }

    /// <summary>A value from bytes, without a copy; the array must not change afterwards.</summary>
    /// <param name="bytes">The bytes; null gives <see cref="Null"/>.</param>
    public static implicit operator StoreValue(byte[]? bytes) => bytes is null ? default : new(bytes, bytes.Length);

    /// <summary>A value from bytes, without a copy where they lie in an array.</summary>
    /// <param name="bytes">The bytes; they must not change afterwards.</param>
    public static implicit operator StoreValue(ReadOnlyMemory<byte> bytes) =>
        MemoryMarshal.TryGetArray(bytes, out var segment) && segment.Array is not null
            ? new(segment.Array, ((long)segment.Offset << 32) | (uint)segment.Count)
            : new(bytes.ToArray(), bytes.Length);

    /// <summary>A value with a copy of some bytes. Up to eight of them are held in the value itself, without an array.</summary>
    /// <param name="bytes">The bytes.</param>
    public static StoreValue Copy(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length > sizeof(long))
        {
            return bytes.ToArray();
        }

        var bits = 0L;
        for (var i = 0; i < bytes.Length; i++)
        {
            bits |= (long)bytes[i] << (8 * i);
        }

        return new(ShortTags[bytes.Length], bits);
    }

    /// <summary>A value from an integer.</summary>
    /// <param name="number">The number.</param>
    public static implicit operator StoreValue(long number) => new(IntegerTag, number);

    /// <summary>A value from an integer.</summary>
    /// <param name="number">The number.</param>
    public static implicit operator StoreValue(int number) => new(IntegerTag, number);

    /// <summary>A value from a double; infinities are sent as <c>inf</c> and <c>-inf</c>.</summary>
    /// <param name="number">The number.</param>
    public static implicit operator StoreValue(double number) => new(DoubleTag, BitConverter.DoubleToInt64Bits(number));

    /// <summary>Whether two values have the same bytes.</summary>
    /// <param name="left">One value.</param>
    /// <param name="right">The other.</param>
    public static bool operator ==(StoreValue left, StoreValue right) => left.Equals(right);

    /// <summary>Whether two values differ in their bytes.</summary>
    /// <param name="left">One value.</param>
    /// <param name="right">The other.</param>
    public static bool operator !=(StoreValue left, StoreValue right) => !left.Equals(right);

    /// <summary>An argument that names a key.</summary>
    /// <param name="key">The key.</param>
    /// <exception cref="ArgumentException">The key is <c>default</c>.</exception>
    public static StoreValue FromKey(StoreKey key) => key.Name switch
    {
        string text => new(text, KeyMark),
        byte[] bytes => new(bytes, KeyMark | (uint)bytes.Length),
        _ => throw new ArgumentException("The key has no name.", nameof(key)),
    };

    /// <summary>The key that this argument names.</summary>
    /// <exception cref="InvalidOperationException">The argument is not a key.</exception>
    public StoreKey AsKey() => !IsKey
        ? throw new InvalidOperationException("The argument is not a key.")
        : _object is string text ? new(text) : new((byte[])_object!);

    /// <summary>The text that the value was made from, when it was made from text.</summary>
    /// <param name="text">The text.</param>
    /// <returns>False for bytes, numbers and <see cref="Null"/>.</returns>
    public bool TryGetText([NotNullWhen(true)] out string? text)
    {
        text = _object as string;
        return text is not null;
    }

    /// <summary>The value as text, or null when there is none; bytes are read as UTF-8.</summary>
    public string? AsText()
    {
        if (_object is null or string)
        {
            return (string?)_object;
        }

        if (IsInteger)
        {
            return _bits.ToString(CultureInfo.InvariantCulture);
        }

        return IsDouble ? FormatDouble(BitConverter.Int64BitsToDouble(_bits)) : Encoding.UTF8.GetString(GetBytes(stackalloc byte[sizeof(long)]));
    }

    /// <summary>The value's bytes, copied only when it is not held as bytes; empty when there is none.</summary>
    public ReadOnlyMemory<byte> AsMemory()
    {
        if (_object is byte[] bytes)
        {
            return bytes.AsMemory(Offset, Length);
        }

        return _object switch
        {
            null => default,
            ShortTag => GetBytes(stackalloc byte[sizeof(long)]).ToArray(),
            _ => Encoding.UTF8.GetBytes(AsText()!),
        };
    }

    /// <summary>The value's bytes in an array that may be shared with the value, or null when there is none.</summary>
    public byte[]? ToArray()
    {
        if (_object is byte[] bytes && Offset == 0 && Length == bytes.Length)
        {
            return bytes;
        }

        return _object is null ? null : AsMemory().ToArray();
    }

    /// <summary>The value as a 64-bit integer.</summary>
    /// <exception cref="FormatException">There is no value, or it is not one.</exception>
    public long AsInt64() => TryGetInt64(out var number) ? number : throw new FormatException("The value is not a 64-bit integer.");

    /// <summary>The value as a double.</summary>
    /// <exception cref="FormatException">There is no value, or it is not one.</exception>
    public double AsDouble() => TryGetDouble(out var number) ? number : throw new FormatException("The value is not a number.");

    /// <summary>Reads the value as Redis reads integers: digits with at most a leading minus, no spaces, no leading zeros.</summary>
    /// <param name="number">The number.</param>
    /// <returns>Whether it is one.</returns>
    public bool TryGetInt64(out long number)
    {
        if (IsInteger)
        {
            number = _bits;
            return true;
        }

        number = 0;
        if (_object is null)
        {
            return false;
        }

        if (IsDouble)
        {
            var real = BitConverter.Int64BitsToDouble(_bits);
            number = real is >= -9007199254740992 and <= 9007199254740992 ? (long)real : 0;
            return real is >= -9007199254740992 and <= 9007199254740992 && number == real;
        }

        if (_object is string text)
        {
            if (long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out number) && IsCanonicalInteger(text, number))
            {
                return true;
            }

            number = 0;
            return false;
        }

        var bytes = GetBytes(stackalloc byte[sizeof(long)]);
        if (Utf8Parser.TryParse(bytes, out number, out var used) && used == bytes.Length && IsCanonicalInteger(bytes, number))
        {
            return true;
        }

        number = 0;
        return false;
    }

    /// <summary>Reads the value as a double; <c>inf</c>, <c>+inf</c> and <c>-inf</c> are numbers, <c>nan</c> is not.</summary>
    /// <param name="number">The number.</param>
    /// <returns>Whether it is one.</returns>
    public bool TryGetDouble(out double number)
    {
        switch (_object)
        {
            case null:
                number = 0;
                return false;
            case object when IsInteger:
                number = _bits;
                return true;
            case object when IsDouble:
                number = BitConverter.Int64BitsToDouble(_bits);
                return !double.IsNaN(number);
            default:
                return TryParseDouble(AsText()!, out number);
        }
    }

    /// <summary>The number of bytes of the value; 0 when there is none.</summary>
    public int GetByteCount() => _object switch
    {
        null => 0,
        byte[] => Length,
        ShortTag tag => tag.Length,
        string text => Encoding.UTF8.GetByteCount(text),
        _ => AsText()!.Length,
    };

    /// <inheritdoc/>
    public bool Equals(StoreValue other)
    {
        if (_object is null || other._object is null)
        {
            return _object is null && other._object is null;
        }

        if (ReferenceEquals(_object, other._object) && (IsInteger || _object is ShortTag))
        {
            return _bits == other._bits;
        }

        if (_object is string left && other._object is string right)
        {
            return string.Equals(left, right, StringComparison.Ordinal);
        }

        Span<byte> mine = stackalloc byte[ScratchSize];
        Span<byte> theirs = stackalloc byte[ScratchSize];
        return GetBytes(mine).SequenceEqual(other.GetBytes(theirs));
    }

    /// <inheritdoc/>
    public override bool Equals([NotNullWhen(true)] object? obj) => obj is StoreValue other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        if (_object is null)
        {
            return 0;
        }

        Span<byte> scratch = stackalloc byte[ScratchSize];
        var hash = default(HashCode);
        hash.AddBytes(GetBytes(scratch));
        return hash.ToHashCode();
    }

    /// <summary>The value as text; the empty string when there is none.</summary>
    public override string ToString() => AsText() ?? "";

    /// <summary>A double as it is sent: the shortest text that reads back as the same number.</summary>
    /// <param name="number">The number.</param>
    internal static string FormatDouble(double number) => number switch
    {
        double.PositiveInfinity => "inf",
        double.NegativeInfinity => "-inf",
        _ when double.IsNaN(number) => "nan",
        _ => number.ToString("R", CultureInfo.InvariantCulture),
    };

    private static bool TryParseDouble(string text, out double number)
    {
        if (text.Equals("inf", StringComparison.OrdinalIgnoreCase) || text.Equals("+inf", StringComparison.OrdinalIgnoreCase)
            || text.Equals("infinity", StringComparison.OrdinalIgnoreCase) || text.Equals("+infinity", StringComparison.OrdinalIgnoreCase))
        {
            number = double.PositiveInfinity;
            return true;
        }

        if (text.Equals("-inf", StringComparison.OrdinalIgnoreCase) || text.Equals("-infinity", StringComparison.OrdinalIgnoreCase))
        {
            number = double.NegativeInfinity;
            return true;
        }

        const NumberStyles Style = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent;

        // The parser passes over trailing NULs.
        return double.TryParse(text, Style, CultureInfo.InvariantCulture, out number) && !double.IsNaN(number) && !text.EndsWith('\0');
    }

    private static bool IsCanonicalInteger(ReadOnlySpan<char> text, long number) =>
        number == 0 ? text is "0" : text[0] is not ('0' or '+') && !(text[0] == '-' && text[1] == '0');

    private static bool IsCanonicalInteger(ReadOnlySpan<byte> text, long number) =>
        number == 0 ? text.SequenceEqual("0"u8) : text[0] is not ((byte)'0' or (byte)'+') && !(text[0] == (byte)'-' && text[1] == (byte)'0');

    /// <summary>The bytes, in the scratch space where they fit and are not there already; it has room for eight at least.</summary>
    internal ReadOnlySpan<byte> GetBytes(Span<byte> scratch)
    {
        if (_object is byte[])
        {
            return Bytes;
        }

        if (_object is ShortTag tag)
        {
            BinaryPrimitives.WriteInt64LittleEndian(scratch, _bits);
            return scratch[..tag.Length];
        }

        var used = 0;
        var fits = _object is string text
            ? text.Length <= scratch.Length && Encoding.UTF8.TryGetBytes(text, scratch, out used)
            : IsInteger && Utf8Formatter.TryFormat(_bits, scratch, out used);
        return fits ? scratch[..used] : AsMemory().Span;
    }

    private int Offset => (int)((_bits >> 32) & int.MaxValue);

    private int Length => (int)(_bits & int.MaxValue);

    private ReadOnlySpan<byte> Bytes => ((byte[])_object!).AsSpan(Offset, Length);

    private sealed class ShortTag(int length)
    {
        public int Length { get; } = length;
    }
}
