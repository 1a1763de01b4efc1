using System.Globalization;
using System.Numerics;
using System.Text;

namespace RedisPatterns.Tests.Entities.Ids;

public sealed class UlidTests
{
    // The example of the specification, and what its text means.
    private const string Example = "01ARZ3NDEKTSV4RRFFQ69G5FAV";
    private const string ExampleHex = "01563e3a-b5d3-d676-4c61-efb99302bd5b";
    private const long ExampleMilliseconds = 1469922850259;

    [Fact]
    public void The_example_of_the_specification_is_read_and_written()
    {
        var id = Ulid.Parse(Example);

        Assert.Equal(Example, id.ToString());
        Assert.Equal(ExampleMilliseconds, id.UnixMilliseconds);
        Assert.Equal(DateTimeOffset.FromUnixTimeMilliseconds(ExampleMilliseconds), id.Timestamp);
        Assert.Equal(Guid.Parse(ExampleHex), id.ToGuid());
        Assert.Equal(id, new Ulid(Guid.Parse(ExampleHex)));
    }

    // The time part that the specification's reference implementation gives in its documentation.
    [Fact]
    public void The_first_ten_characters_are_the_time() =>
        Assert.Equal("01ARYZ6S410000000000000000", new Ulid(DateTimeOffset.FromUnixTimeMilliseconds(1469918176385), new byte[10]).ToString());

    [Fact]
    public void The_least_and_the_greatest_id_have_the_texts_of_the_specification()
    {
        Assert.Equal("00000000000000000000000000", Ulid.MinValue.ToString());
        Assert.Equal("7ZZZZZZZZZZZZZZZZZZZZZZZZZ", Ulid.MaxValue.ToString());
        Assert.Equal(default, Ulid.MinValue);
        Assert.Equal(Ulid.MaxValue, Ulid.Parse("7ZZZZZZZZZZZZZZZZZZZZZZZZZ"));
        Assert.Equal((1L << 48) - 1, Ulid.MaxValue.UnixMilliseconds);
        Assert.Equal(DateTimeOffset.UnixEpoch, Ulid.MinValue.Timestamp);
        Assert.Throws<InvalidOperationException>(() => Ulid.MaxValue.Timestamp);
    }

    [Fact]
    public void Lower_case_is_read_and_upper_case_is_written() => Assert.Equal(Example, Ulid.Parse(Example.ToLowerInvariant()).ToString());

    [Theory]
    [InlineData("")]
    [InlineData("01ARZ3NDEKTSV4RRFFQ69G5FA")]
    [InlineData("01ARZ3NDEKTSV4RRFFQ69G5FAVV")]
    [InlineData("8ZZZZZZZZZZZZZZZZZZZZZZZZZ")]
    [InlineData("80000000000000000000000000")]
    [InlineData("ZZZZZZZZZZZZZZZZZZZZZZZZZZ")]
    [InlineData("01ARZ3NDEKTSV4RRFFQ69G5FAI")]
    [InlineData("01ARZ3NDEKTSV4RRFFQ69G5FAL")]
    [InlineData("01ARZ3NDEKTSV4RRFFQ69G5FAO")]
    [InlineData("01ARZ3NDEKTSV4RRFFQ69G5FAU")]
    [InlineData("01ARZ3NDEKTSV4RRFFQ69G5FAu")]
    [InlineData("01ARZ3NDEK-SV4RRFFQ69G5FAV")]
    [InlineData(" 1ARZ3NDEKTSV4RRFFQ69G5FAV")]
    [InlineData("01ARZ3NDEKTSV4RRFFQ69G5FA\0")]
    [InlineData("01ARZ3NDEKTSV4RRFFQ69G5FA\u0130")]
    [InlineData("01ARZ3NDEKTSV4RRFFQ69G5FA\u0661")]
    public void What_is_no_id_is_refused(string text)
    {
        Assert.False(Ulid.TryParse(text, out var id));
        Assert.Equal(default, id);
        Assert.False(Ulid.TryParse(text.AsSpan(), out _));
        Assert.False(Ulid.TryParse(Encoding.UTF8.GetBytes(text), out _));
        var exception = Assert.Throws<FormatException>(() => Ulid.Parse(text));
        Assert.True(text.Length == 0 || !exception.Message.Contains(text, StringComparison.Ordinal));
        Assert.Throws<FormatException>(() => Ulid.Parse(Encoding.UTF8.GetBytes(text)));
    }

    [Fact]
    public void Null_is_no_id()
    {
        Assert.False(Ulid.TryParse((string?)null, out _));
        Assert.Throws<ArgumentNullException>(() => Ulid.Parse((string)null!));
    }

    [Fact]
    public void Parts_out_of_range_are_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new Ulid(DateTimeOffset.UnixEpoch.AddMilliseconds(-1), new byte[10]));
        Assert.Throws<ArgumentException>(() => new Ulid(DateTimeOffset.UnixEpoch, new byte[9]));
        Assert.Throws<ArgumentException>(() => new Ulid(new byte[15]));
        Assert.Throws<ArgumentException>(() => new Ulid(new byte[17]));
        Assert.Equal("9999-12-31T23:59:59.9990000Z", new Ulid(DateTimeOffset.MaxValue, new byte[10]).Timestamp.UtcDateTime.ToString("O", CultureInfo.InvariantCulture));
    }

    [Fact]
    public void Every_form_gives_the_same_id_back()
    {
        Assert.All(Some(seed: 1, count: 20_000), bytes =>
        {
            var id = new Ulid(bytes);
            var text = id.ToString();
            Assert.Equal(TextOf(bytes), text);
            Assert.Equal(bytes, id.ToByteArray());
            Assert.Equal(id, Ulid.Parse(text));
            Assert.Equal(id, Ulid.Parse(text.ToLowerInvariant().AsSpan()));
            Assert.Equal(id, Ulid.Parse(Encoding.UTF8.GetBytes(text)));
            Assert.Equal(id, new Ulid(id.ToGuid()));
            Assert.Equal(Convert.ToHexString(bytes), id.ToGuid().ToString("N").ToUpperInvariant());
            Assert.Equal(new BigInteger(bytes.AsSpan(0, 6), isUnsigned: true, isBigEndian: true), id.UnixMilliseconds);
        });
    }

    [Fact]
    public void Ids_texts_and_Guids_have_one_order()
    {
        var ids = Some(seed: 2, count: 5_000).Select(bytes => new Ulid(bytes)).ToArray();
        for (var i = 1; i < ids.Length; i++)
        {
            var (left, right) = (ids[i - 1], ids[i]);
            var order = Math.Sign(left.CompareTo(right));
            Assert.Equal(Math.Sign(string.CompareOrdinal(left.ToString(), right.ToString())), order);
            Assert.Equal(Math.Sign(string.CompareOrdinal(left.ToGuid().ToString(), right.ToGuid().ToString())), order);
            Assert.Equal(left.ToByteArray().AsSpan().SequenceCompareTo(right.ToByteArray()) < 0, order < 0);
            Assert.Equal((order < 0, order > 0), ((left < right), (left > right)));
            Assert.Equal((order <= 0, order >= 0), ((left <= right), (left >= right)));
            Assert.Equal((order == 0, order != 0), ((left == right), (left != right)));
            Assert.Equal(order == 0, left.Equals(right));
        }
    }

    [Fact]
    public void Equal_ids_have_equal_hash_codes()
    {
        Assert.Equal(Ulid.Parse(Example).GetHashCode(), Ulid.Parse(Example.ToLowerInvariant()).GetHashCode());
        Assert.True(Ulid.Parse(Example).Equals((object)Ulid.Parse(Example)));
        Assert.False(Ulid.Parse(Example).Equals((object)Example));
        Assert.False(Ulid.Parse(Example).Equals(null));
    }

    [Fact]
    public void An_id_is_written_where_there_is_room_for_it()
    {
        var id = Ulid.Parse(Example);
        var (chars, bytes, binary) = (new char[27], new byte[27], new byte[17]);

        Assert.True(id.TryFormat(chars, out var length));
        Assert.Equal((26, Example + "\0"), (length, new string(chars)));
        Assert.True(id.TryFormat(bytes, out length));
        Assert.Equal((26, Example + "\0"), (length, Encoding.UTF8.GetString(bytes)));
        Assert.True(id.TryWriteBytes(binary));
        Assert.Equal([.. id.ToByteArray(), 0], binary);
        Assert.False(id.TryFormat(chars.AsSpan(0, 25), out length));
        Assert.Equal(0, length);
        Assert.False(id.TryFormat(bytes.AsSpan(0, 25), out length));
        Assert.Equal(0, length);
        Assert.False(id.TryWriteBytes(binary.AsSpan(0, 15)));
    }

    [Fact]
    public void The_interfaces_of_formatting_and_parsing_do_the_same()
    {
        var id = Ulid.Parse(Example);

        Assert.Equal($"<{Example}>", string.Create(CultureInfo.InvariantCulture, $"<{id}>"));
        Assert.Equal(Example, string.Format(CultureInfo.InvariantCulture, "{0:G}", id));
        Assert.Throws<FormatException>(() => string.Format(CultureInfo.InvariantCulture, "{0:N}", id));
        Assert.Throws<FormatException>(() => string.Create(CultureInfo.InvariantCulture, $"{id:N}"));
        Assert.Equal(id, ParseAs<Ulid>(Example));
        Assert.True(TryParseAs<Ulid>(Example, out var parsed));
        Assert.Equal(id, parsed);
        Assert.False(TryParseAs<Ulid>("x", out _));
    }

    private static T ParseAs<T>(string text)
        where T : ISpanParsable<T>, IUtf8SpanParsable<T>
    {
        var parsed = T.Parse(text, CultureInfo.InvariantCulture);
        Assert.Equal(parsed, T.Parse(text.AsSpan(), CultureInfo.InvariantCulture));
        Assert.Equal(parsed, T.Parse(Encoding.UTF8.GetBytes(text), CultureInfo.InvariantCulture));
        return parsed;
    }

    private static bool TryParseAs<T>(string text, out T? parsed)
        where T : ISpanParsable<T>, IUtf8SpanParsable<T>
    {
        var done = T.TryParse(text, CultureInfo.InvariantCulture, out parsed);
        Assert.Equal(done, T.TryParse(text.AsSpan(), CultureInfo.InvariantCulture, out _));
        Assert.Equal(done, T.TryParse(Encoding.UTF8.GetBytes(text), CultureInfo.InvariantCulture, out _));
        return done;
    }

    // The definition, by arithmetic on one big number.
    private static string TextOf(byte[] bytes)
    {
        var value = new BigInteger(bytes, isUnsigned: true, isBigEndian: true);
        var text = new char[26];
        for (var i = 25; i >= 0; i--)
        {
            text[i] = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"[(int)(value % 32)];
            value /= 32;
        }

        return new string(text);
    }

    // Random bytes; every fourth shares its first bytes with the one before, so that near ids are compared too.
    private static IEnumerable<byte[]> Some(int seed, int count)
    {
        var random = new Random(seed);
        var last = new byte[16];
        for (var i = 0; i < count; i++)
        {
            var bytes = new byte[16];
            random.NextBytes(bytes);
            last.AsSpan(0, i % 4 == 0 ? random.Next(17) : 0).CopyTo(bytes);
            yield return last = bytes;
        }
    }
}
