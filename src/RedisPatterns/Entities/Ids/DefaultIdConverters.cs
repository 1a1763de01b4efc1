using System.Globalization;
using System.Numerics;

namespace RedisPatterns;

/// <summary>The converters of the types that need none of the user's.</summary>
internal static class DefaultIdConverters
{
    public static IdConverter<TId>? Find<TId>()
    {
        object? converter =
            typeof(TId) == typeof(string) ? new TextIds()
            : typeof(TId) == typeof(Guid) ? new GuidIds()
            : typeof(TId) == typeof(Ulid) ? new UlidIds()
            : typeof(TId) == typeof(int) ? new IntegerIds<int>()
            : typeof(TId) == typeof(uint) ? new IntegerIds<uint>()
            : typeof(TId) == typeof(long) ? new IntegerIds<long>()
            : typeof(TId) == typeof(ulong) ? new IntegerIds<ulong>()
            : typeof(TId) == typeof(short) ? new IntegerIds<short>()
            : typeof(TId) == typeof(ushort) ? new IntegerIds<ushort>()
            : typeof(TId) == typeof(byte) ? new IntegerIds<byte>()
            : null;
        return (IdConverter<TId>?)converter;
    }

    public static FormatException NotAnId(string type) => new($"The text is not that of an id of type {type}.");

    private sealed class TextIds : IdConverter<string>
    {
        public override string ToText(string id) => id;

        public override string FromText(string text)
        {
            ArgumentNullException.ThrowIfNull(text);
            return text.Length > 0 ? text : throw NotAnId(nameof(String));
        }
    }

    // .NET reads more texts than it writes ("007", upper case, trailing zero characters): only what is written is an id.
    private sealed class GuidIds : IdConverter<Guid>
    {
        public override string ToText(Guid id) => id.ToString("D");

        public override Guid FromText(string text)
        {
            ArgumentNullException.ThrowIfNull(text);
            Span<char> canonical = stackalloc char[36];
            return Guid.TryParseExact(text, "D", out var id) && id.TryFormat(canonical, out var length, "D") && text.AsSpan().SequenceEqual(canonical[..length])
                ? id
                : throw NotAnId(nameof(Guid));
        }
    }

    private sealed class UlidIds : IdConverter<Ulid>
    {
        public override string ToText(Ulid id) => id.ToString();

        public override Ulid FromText(string text)
        {
            ArgumentNullException.ThrowIfNull(text);
            Span<char> canonical = stackalloc char[Ulid.TextLength];
            return Ulid.TryParse(text, out var id) && id.TryFormat(canonical, out _) && text.AsSpan().SequenceEqual(canonical)
                ? id
                : throw NotAnId(nameof(Ulid));
        }
    }

    private sealed class IntegerIds<TId> : IdConverter<TId>
        where TId : IBinaryInteger<TId>
    {
        private const int MaximumDigits = 20;

        public override string ToText(TId id) => id.ToString(null, CultureInfo.InvariantCulture);

        public override TId FromText(string text)
        {
            ArgumentNullException.ThrowIfNull(text);
            Span<char> canonical = stackalloc char[MaximumDigits];
            return TId.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var id)
                && id.TryFormat(canonical, out var length, default, CultureInfo.InvariantCulture)
                && text.AsSpan().SequenceEqual(canonical[..length])
                ? id
                : throw NotAnId(typeof(TId).Name);
        }
    }
}
