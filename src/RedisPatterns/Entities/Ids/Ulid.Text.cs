using System.Diagnostics.CodeAnalysis;
using System.Numerics;

namespace RedisPatterns;

public readonly partial struct Ulid
{
    private const byte NoDigit = 0xFF;
    private const int GroupLength = 12;
    private const int GroupBits = 60;
    private const int DigitBits = 5;

    private static readonly byte[] DigitValues = CreateDigitValues();

    private static ReadOnlySpan<byte> Alphabet => "0123456789ABCDEFGHJKMNPQRSTVWXYZ"u8;

    /// <summary>The id with this text.</summary>
    /// <param name="text">26 characters, upper or lower case.</param>
    /// <exception cref="FormatException">It is not the text of an id.</exception>
    public static Ulid Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return Parse(text.AsSpan());
    }

    /// <inheritdoc cref="Parse(string)"/>
    public static Ulid Parse(ReadOnlySpan<char> text) => TryDecode(text, out var id) ? id : throw NotAnId();

    /// <summary>The id with this text.</summary>
    /// <param name="utf8Text">26 characters as UTF-8, upper or lower case.</param>
    /// <exception cref="FormatException">It is not the text of an id.</exception>
    public static Ulid Parse(ReadOnlySpan<byte> utf8Text) => TryDecode(utf8Text, out var id) ? id : throw NotAnId();

    /// <summary>The id with this text, if it is the text of one.</summary>
    /// <param name="text">26 characters, upper or lower case.</param>
    /// <param name="id">The id, or <c>default</c>.</param>
    /// <returns>False for what is not the text of an id: another length, a character that is no digit, or more than 128 bits.</returns>
    public static bool TryParse([NotNullWhen(true)] string? text, out Ulid id) => TryDecode(text.AsSpan(), out id);

    /// <inheritdoc cref="TryParse(string?, out Ulid)"/>
    public static bool TryParse(ReadOnlySpan<char> text, out Ulid id) => TryDecode(text, out id);

    /// <summary>The id with this text, if it is the text of one.</summary>
    /// <param name="utf8Text">26 characters as UTF-8, upper or lower case.</param>
    /// <param name="id">The id, or <c>default</c>.</param>
    /// <returns>False for what is not the text of an id: another length, a character that is no digit, or more than 128 bits.</returns>
    public static bool TryParse(ReadOnlySpan<byte> utf8Text, out Ulid id) => TryDecode(utf8Text, out id);

    /// <summary>The canonical text: 26 characters, upper case.</summary>
    public override string ToString()
    {
        Span<char> text = stackalloc char[TextLength];
        Encode(text);
        return new string(text);
    }

    /// <summary>Writes the canonical text.</summary>
    /// <param name="destination">Where to.</param>
    /// <param name="charsWritten">26, or 0.</param>
    /// <returns>False when there is no room for it.</returns>
    public bool TryFormat(Span<char> destination, out int charsWritten) => TryEncode(destination, out charsWritten);

    /// <summary>Writes the canonical text as UTF-8.</summary>
    /// <param name="utf8Destination">Where to.</param>
    /// <param name="bytesWritten">26, or 0.</param>
    /// <returns>False when there is no room for it.</returns>
    public bool TryFormat(Span<byte> utf8Destination, out int bytesWritten) => TryEncode(utf8Destination, out bytesWritten);

    static Ulid IParsable<Ulid>.Parse(string s, IFormatProvider? provider) => Parse(s);

    static Ulid ISpanParsable<Ulid>.Parse(ReadOnlySpan<char> s, IFormatProvider? provider) => Parse(s);

    static Ulid IUtf8SpanParsable<Ulid>.Parse(ReadOnlySpan<byte> utf8Text, IFormatProvider? provider) => Parse(utf8Text);

    static bool IParsable<Ulid>.TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, out Ulid result) => TryParse(s, out result);

    static bool ISpanParsable<Ulid>.TryParse(ReadOnlySpan<char> s, IFormatProvider? provider, out Ulid result) => TryParse(s, out result);

    static bool IUtf8SpanParsable<Ulid>.TryParse(ReadOnlySpan<byte> utf8Text, IFormatProvider? provider, out Ulid result) => TryParse(utf8Text, out result);

    string IFormattable.ToString(string? format, IFormatProvider? formatProvider)
    {
        ThrowIfBadFormat(format);
        return ToString();
    }

    bool ISpanFormattable.TryFormat(Span<char> destination, out int charsWritten, ReadOnlySpan<char> format, IFormatProvider? provider)
    {
        ThrowIfBadFormat(format);
        return TryEncode(destination, out charsWritten);
    }

    bool IUtf8SpanFormattable.TryFormat(Span<byte> utf8Destination, out int bytesWritten, ReadOnlySpan<char> format, IFormatProvider? provider)
    {
        ThrowIfBadFormat(format);
        return TryEncode(utf8Destination, out bytesWritten);
    }

    private static FormatException NotAnId() => new("The text is not a ULID.");

    private static void ThrowIfBadFormat(ReadOnlySpan<char> format)
    {
        if (format is not ("" or "G" or "g"))
        {
            throw new FormatException("A ULID has one format, 'G'.");
        }
    }

    private static byte[] CreateDigitValues()
    {
        var values = new byte[128];
        Array.Fill(values, NoDigit);
        for (var i = 0; i < Alphabet.Length; i++)
        {
            values[Alphabet[i]] = (byte)i;
            values[char.ToLowerInvariant((char)Alphabet[i])] = (byte)i;
        }

        return values;
    }

    // The text is 2 digits for the upper 8 bits (the first digit is below 8) and two groups of 12 digits for 60 bits each.
    private static bool TryDecode<TChar>(ReadOnlySpan<TChar> text, out Ulid id)
        where TChar : unmanaged, IBinaryInteger<TChar>
    {
        if (text.Length == TextLength
            && TryDecodeGroup(text[..2], out var upper) && upper <= byte.MaxValue
            && TryDecodeGroup(text.Slice(2, GroupLength), out var middle)
            && TryDecodeGroup(text[(2 + GroupLength)..], out var lower))
        {
            id = new Ulid(new UInt128((upper << 56) | (middle >> 4), (middle << GroupBits) | lower));
            return true;
        }

        id = default;
        return false;
    }

    private static bool TryDecodeGroup<TChar>(ReadOnlySpan<TChar> digits, out ulong bits)
        where TChar : unmanaged, IBinaryInteger<TChar>
    {
        bits = 0;
        foreach (var digit in digits)
        {
            var code = uint.CreateTruncating(digit);
            var value = code < (uint)DigitValues.Length ? DigitValues[code] : NoDigit;
            if (value == NoDigit)
            {
                return false;
            }

            bits = (bits << DigitBits) | value;
        }

        return true;
    }

    private static void EncodeGroup<TChar>(ulong bits, Span<TChar> digits)
        where TChar : unmanaged, IBinaryInteger<TChar>
    {
        for (var i = digits.Length - 1; i >= 0; i--)
        {
            digits[i] = TChar.CreateTruncating(Alphabet[(int)(bits & 31)]);
            bits >>= DigitBits;
        }
    }

    private bool TryEncode<TChar>(Span<TChar> destination, out int written)
        where TChar : unmanaged, IBinaryInteger<TChar>
    {
        if (destination.Length < TextLength)
        {
            written = 0;
            return false;
        }

        Encode(destination);
        written = TextLength;
        return true;
    }

    private void Encode<TChar>(Span<TChar> destination)
        where TChar : unmanaged, IBinaryInteger<TChar>
    {
        var (upper, lower) = ((ulong)(_value >> 64), (ulong)_value);
        EncodeGroup(upper >> 56, destination[..2]);
        EncodeGroup((upper << 4) | (lower >> GroupBits), destination.Slice(2, GroupLength));
        EncodeGroup(lower, destination.Slice(2 + GroupLength, GroupLength));
    }
}
