using System.Globalization;

namespace RedisPatterns.Tests.Entities.Ids;

public sealed class IdConverterTests
{
    [Fact]
    public void Ids_have_their_canonical_text()
    {
        var guid = Guid.Parse("0A1B2C3D-4E5F-6071-8293-A4B5C6D7E8F9");
        Same("u123", "u123");
        Same(" Ünïcode/{x}:\0 ", " Ünïcode/{x}:\0 ");
        Same("0a1b2c3d-4e5f-6071-8293-a4b5c6d7e8f9", guid);
        Same("00000000-0000-0000-0000-000000000000", Guid.Empty);
        Same("01ARZ3NDEKTSV4RRFFQ69G5FAV", Ulid.Parse("01arz3ndektsv4rrffq69g5fav"));
        Same("0", 0);
        Same("-2147483648", int.MinValue);
        Same("2147483647", int.MaxValue);
        Same("4294967295", uint.MaxValue);
        Same("-9223372036854775808", long.MinValue);
        Same("9223372036854775807", long.MaxValue);
        Same("18446744073709551615", ulong.MaxValue);
        Same("-32768", short.MinValue);
        Same("65535", ushort.MaxValue);
        Same("255", byte.MaxValue);
    }

    [Fact]
    public void The_culture_does_not_matter()
    {
        var before = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = new CultureInfo("") { NumberFormat = { NegativeSign = "minus ", NumberGroupSeparator = "'" } };
            Same("-1234567", -1_234_567);
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("007")]
    [InlineData("+7")]
    [InlineData("-0")]
    [InlineData("-07")]
    [InlineData(" 7")]
    [InlineData("7 ")]
    [InlineData("7\0")]
    [InlineData("7.0")]
    [InlineData("1e3")]
    [InlineData("1,000")]
    [InlineData("0x7")]
    [InlineData("\u0667")]
    [InlineData("99999999999999999999999")]
    [InlineData("seven")]
    public void A_number_is_read_only_as_it_is_written(string text)
    {
        Refused<int>(text);
        Refused<long>(text);
        Refused<ulong>(text);
        Refused<byte>(text);
    }

    [Fact]
    public void A_number_is_read_only_within_its_type()
    {
        Refused<byte>("256");
        Refused<byte>("-1");
        Refused<uint>("-1");
        Refused<ulong>("18446744073709551616");
        Refused<short>("32768");
        Refused<int>("2147483648");
        Refused<long>("9223372036854775808");
    }

    [Theory]
    [InlineData("")]
    [InlineData("0A1B2C3D-4E5F-6071-8293-A4B5C6D7E8F9")]
    [InlineData("0a1b2c3d-4e5f-6071-8293-a4b5c6d7e8fA")]
    [InlineData("0a1b2c3d4e5f60718293a4b5c6d7e8f9")]
    [InlineData("{0a1b2c3d-4e5f-6071-8293-a4b5c6d7e8f9}")]
    [InlineData(" 0a1b2c3d-4e5f-6071-8293-a4b5c6d7e8f9")]
    [InlineData("0a1b2c3d-4e5f-6071-8293-a4b5c6d7e8f9 ")]
    [InlineData("0x1b2c3d-4e5f-6071-8293-a4b5c6d7e8f9")]
    [InlineData("+a1b2c3d-4e5f-6071-8293-a4b5c6d7e8f9")]
    public void A_Guid_is_read_only_as_it_is_written(string text) => Refused<Guid>(text);

    [Fact]
    public void A_ULID_is_read_only_as_it_is_written()
    {
        Refused<Ulid>("");
        Refused<Ulid>("01arz3ndektsv4rrffq69g5fav");
        Refused<Ulid>("01ARZ3NDEKTSV4RRFFQ69G5FAU");
    }

    [Fact]
    public void Texts_are_kept_and_the_empty_one_is_no_id()
    {
        Assert.Null(IdConverter<string>.Default.ToText(null!));
        Assert.Equal("", IdConverter<string>.Default.ToText(""));
        Refused<string>("");
    }

    [Fact]
    public void A_type_without_a_converter_is_refused_by_name()
    {
        Assert.Contains("UserId", Assert.Throws<ModelException>(() => IdConverter<UserId>.Default).Message, StringComparison.Ordinal);
        Assert.Contains("Decimal", Assert.Throws<ModelException>(() => IdConverter<decimal>.Default).Message, StringComparison.Ordinal);
        Assert.Contains("Decimal", Assert.Throws<ModelException>(() => IdConverter.Create<Price, decimal>(price => price.Value, value => new Price(value))).Message, StringComparison.Ordinal);
        Assert.Throws<ModelException>(() => IdConverter<int?>.Default);
    }

    [Fact]
    public void The_converter_of_a_type_is_one() => Assert.Same(IdConverter<Guid>.Default, IdConverter<Guid>.Default);

    [Fact]
    public void A_strong_typed_id_has_the_text_of_its_value()
    {
        var converter = IdConverter.Create<UserId, Guid>(id => id.Value, value => new UserId(value));
        var id = new UserId(Guid.Parse("0a1b2c3d-4e5f-6071-8293-a4b5c6d7e8f9"));

        Assert.Equal("0a1b2c3d-4e5f-6071-8293-a4b5c6d7e8f9", converter.ToText(id));
        Assert.Equal(id, converter.FromText("0a1b2c3d-4e5f-6071-8293-a4b5c6d7e8f9"));
        Assert.Throws<FormatException>(() => converter.FromText("0A1B2C3D-4E5F-6071-8293-A4B5C6D7E8F9"));
        Assert.Throws<ArgumentNullException>(() => converter.FromText(null!));
    }

    [Fact]
    public void A_null_id_has_no_text() =>
        Assert.Null(IdConverter.Create<Code, string>(code => code.Value, value => new Code(value)).ToText(null!));

    [Fact]
    public void A_text_that_the_id_does_not_keep_is_refused()
    {
        var converter = IdConverter.Create<Code, string>(code => code.Value, value => new Code(value));

        Assert.Equal("abc", converter.FromText("abc").Value);
        Assert.Throws<FormatException>(() => converter.FromText("ABC"));
        var refused = Assert.Throws<FormatException>(() => converter.FromText("a b"));
        Assert.IsType<ArgumentException>(refused.InnerException);
        Assert.DoesNotContain("a b", refused.Message, StringComparison.Ordinal);
    }

    private static void Same<TId>(string text, TId id)
    {
        Assert.Equal(text, IdConverter<TId>.Default.ToText(id));
        Assert.Equal(id, IdConverter<TId>.Default.FromText(text));
    }

    private static void Refused<TId>(string text)
    {
        var exception = Assert.Throws<FormatException>(() => IdConverter<TId>.Default.FromText(text));
        Assert.Contains(typeof(TId).Name, exception.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentNullException>(() => IdConverter<TId>.Default.FromText(null!));
    }

    private readonly record struct UserId(Guid Value);

    private readonly record struct Price(decimal Value);

    // A code is lower case and has no spaces.
    private sealed record Code
    {
        public Code(string value) => Value = value.Contains(' ', StringComparison.Ordinal) ? throw new ArgumentException("A code has no spaces.", nameof(value)) : value.ToLowerInvariant();

        public string Value { get; }
    }
}
