using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;

namespace RedisPatterns;

/// <summary>
/// A universally unique, lexicographically sortable identifier: 48 bits of milliseconds since 1970 and 80 random bits, written
/// as 26 characters of Crockford's base 32, such as <c>01ARZ3NDEKTSV4RRFFQ69G5FAV</c>.
/// </summary>
/// <remarks>
/// Follows the specification at https://github.com/ulid/spec. The order of ids, of their texts (by ordinal comparison), of
/// their bytes and of <see cref="ToGuid"/>'s texts is the same. The canonical text is upper case; lower case is read too.
/// In JSON an id is its text. Ids are made by <see cref="UlidGenerator"/>.
/// </remarks>
[JsonConverter(typeof(UlidJsonConverter))]
public readonly partial struct Ulid : IEquatable<Ulid>, IComparable<Ulid>, ISpanFormattable, IUtf8SpanFormattable, ISpanParsable<Ulid>, IUtf8SpanParsable<Ulid>
{
    /// <summary>The number of characters, and of bytes of UTF-8, of an id's text: 26.</summary>
    public const int TextLength = 26;

    /// <summary>The number of bytes of an id: 16.</summary>
    public const int ByteLength = 16;

    internal const long MaxUnixMilliseconds = (1L << 48) - 1;

    private const int RandomLength = 10;
    private const int RandomBits = 80;

    private readonly UInt128 _value;

    /// <summary>An id of a moment.</summary>
    /// <param name="timestamp">The moment, from 1970 on; parts of a millisecond are cut off.</param>
    /// <param name="randomness">10 bytes.</param>
    /// <exception cref="ArgumentOutOfRangeException">The moment is before 1970.</exception>
    /// <exception cref="ArgumentException">These are not 10 bytes.</exception>
    public Ulid(DateTimeOffset timestamp, ReadOnlySpan<byte> randomness)
        : this(timestamp.ToUnixTimeMilliseconds(), randomness)
    {
    }

    /// <summary>The id with these bytes, the most significant one first.</summary>
    /// <param name="bytes">16 bytes.</param>
    /// <exception cref="ArgumentException">These are not 16 bytes.</exception>
    public Ulid(ReadOnlySpan<byte> bytes)
        : this(bytes.Length == ByteLength
            ? BinaryPrimitives.ReadUInt128BigEndian(bytes)
            : throw new ArgumentException($"An id has {ByteLength} bytes.", nameof(bytes)))
    {
    }

    /// <summary>The id with the bits of a Guid, as its text shows them; <see cref="ToGuid"/> gives the Guid back.</summary>
    /// <param name="guid">The Guid.</param>
    public Ulid(Guid guid)
    {
        Span<byte> bytes = stackalloc byte[ByteLength];
        guid.TryWriteBytes(bytes, bigEndian: true, out _);
        _value = BinaryPrimitives.ReadUInt128BigEndian(bytes);
    }

    internal Ulid(long unixMilliseconds, ReadOnlySpan<byte> randomness)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(unixMilliseconds);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(unixMilliseconds, MaxUnixMilliseconds);
        if (randomness.Length != RandomLength)
        {
            throw new ArgumentException($"The random part has {RandomLength} bytes.", nameof(randomness));
        }

        var upper = ((ulong)unixMilliseconds << 16) | BinaryPrimitives.ReadUInt16BigEndian(randomness);
        _value = new UInt128(upper, BinaryPrimitives.ReadUInt64BigEndian(randomness[2..]));
    }

    private Ulid(UInt128 value) => _value = value;

    /// <summary>The least id, which is <c>default</c>: 26 zeros.</summary>
    public static Ulid MinValue => default;

    /// <summary>The greatest id: <c>7ZZZZZZZZZZZZZZZZZZZZZZZZZ</c>.</summary>
    public static Ulid MaxValue => new(UInt128.MaxValue);

    /// <summary>The milliseconds since 1970, 0 to 2^48 - 1.</summary>
    public long UnixMilliseconds => (long)(ulong)(_value >> RandomBits);

    /// <summary>The moment that the id was made for, to the millisecond, in UTC.</summary>
    /// <exception cref="InvalidOperationException">It is after the year 9999; <see cref="UnixMilliseconds"/> has it.</exception>
    public DateTimeOffset Timestamp => UnixMilliseconds <= DateTimeOffset.MaxValue.ToUnixTimeMilliseconds()
        ? DateTimeOffset.FromUnixTimeMilliseconds(UnixMilliseconds)
        : throw new InvalidOperationException("The moment of this id is after the year 9999.");

    /// <summary>Whether the random part can not be counted up within the millisecond.</summary>
    internal bool IsLastOfMillisecond => ((_value + 1) << (128 - RandomBits)) == UInt128.Zero;

    /// <summary>Whether two ids are the same.</summary>
    /// <param name="left">One.</param>
    /// <param name="right">The other.</param>
    public static bool operator ==(Ulid left, Ulid right) => left._value == right._value;

    /// <summary>Whether two ids differ.</summary>
    /// <param name="left">One.</param>
    /// <param name="right">The other.</param>
    public static bool operator !=(Ulid left, Ulid right) => left._value != right._value;

    /// <summary>Whether one id comes before the other.</summary>
    /// <param name="left">One.</param>
    /// <param name="right">The other.</param>
    public static bool operator <(Ulid left, Ulid right) => left._value < right._value;

    /// <summary>Whether one id comes after the other.</summary>
    /// <param name="left">One.</param>
    /// <param name="right">The other.</param>
    public static bool operator >(Ulid left, Ulid right) => left._value > right._value;

    /// <summary>Whether one id comes before the other or is the same.</summary>
    /// <param name="left">One.</param>
    /// <param name="right">The other.</param>
    public static bool operator <=(Ulid left, Ulid right) => left._value <= right._value;

    /// <summary>Whether one id comes after the other or is the same.</summary>
    /// <param name="left">One.</param>
    /// <param name="right">The other.</param>
    public static bool operator >=(Ulid left, Ulid right) => left._value >= right._value;

    /// <summary>The Guid with the same bits, so that its text is the id in hexadecimal.</summary>
    public Guid ToGuid()
    {
        Span<byte> bytes = stackalloc byte[ByteLength];
        BinaryPrimitives.WriteUInt128BigEndian(bytes, _value);
        return new Guid(bytes, bigEndian: true);
    }

    /// <summary>The 16 bytes, the most significant one first.</summary>
    public byte[] ToByteArray()
    {
        var bytes = new byte[ByteLength];
        BinaryPrimitives.WriteUInt128BigEndian(bytes, _value);
        return bytes;
    }

    /// <summary>Writes the 16 bytes, the most significant one first.</summary>
    /// <param name="destination">Where to.</param>
    /// <returns>False when there is no room for them.</returns>
    public bool TryWriteBytes(Span<byte> destination) => BinaryPrimitives.TryWriteUInt128BigEndian(destination, _value);

    /// <inheritdoc/>
    public int CompareTo(Ulid other) => _value.CompareTo(other._value);

    /// <inheritdoc/>
    public bool Equals(Ulid other) => _value == other._value;

    /// <inheritdoc/>
    public override bool Equals([NotNullWhen(true)] object? obj) => obj is Ulid other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => _value.GetHashCode();

    internal Ulid Next() => new(_value + 1);
}
