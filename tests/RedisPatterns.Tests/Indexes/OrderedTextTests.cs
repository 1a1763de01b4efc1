using System.Globalization;
using System.Numerics;
using System.Text;

namespace RedisPatterns.Tests.Indexes;

/// <summary>Values as text whose bytes are in the order of the values.</summary>
public sealed class OrderedTextTests
{
    private static readonly PrefixIndex<Item> Index = new ModelWithText().ByText;

    [Theory]
    [InlineData(null, "\u0005")]
    [InlineData("", "\u0006")]
    [InlineData("New York", "New York")]
    [InlineData("a:b;c", "a;1b;2c")]
    [InlineData("1,5+2", "1+25+12")]
    [InlineData("\u0000\t\n", "\n@\nI\nJ")]
    [InlineData("\uD7FF", "\uD7FF0")]
    public void Texts_are_written_as_documented(string? text, string expected) => Assert.Equal(expected, OrderedText.Of(text, descending: false, Index));

    [Fact]
    public void Other_values_are_written_as_documented()
    {
        Check("\uD800x", "\uD7FF1D800x");
        Check(0, "o");
        Check(36, "p50236");
        Check(36.50m, "p502365");
        Check(-36, "n49763~");
        Check(0.001, "p4981");
        Check(1e300, "p8011");
        Check(double.NegativeInfinity, "m");
        Check(true, "1");
        Check(DayOfWeek.Friday, "p5015");
        Check(new DateOnly(2026, 11, 28), "20261128");
        Check(new DateTimeOffset(2026, 11, 28, 1, 2, 3, TimeSpan.FromHours(1)).AddMilliseconds(250), "2026112800020325");
        Check(new TimeOnly(13, 5), "130500");
        Check(TimeSpan.FromSeconds(1), "p5081");
        Check(new Guid("0f8fad5b-d9cb-469f-a165-70867728950e"), "0f8fad5bd9cb469fa16570867728950e");
        Assert.Equal("~~", OrderedText.Of<string?, Item>(null, descending: true, Index));
        Assert.Equal("9e9d~", OrderedText.Of("ab", descending: true, Index));
        Assert.Equal("79738871~", OrderedText.Of(new DateOnly(2026, 11, 28), descending: true, Index));
    }

    [Fact]
    public void Numbers_of_every_type_have_one_order()
    {
        object[] numbers =
        [
            double.MinValue, decimal.MinValue, long.MinValue, -1e3, -36.5m, -36, -0.1f, -1e-300, 0, double.Epsilon, 1e-300, 0.1m, 0.25f, (byte)1, 1.5, 9, 10, 99m, (short)100,
            9007199254740992d, 9007199254740993L, ulong.MaxValue, Int128.MaxValue, UInt128.MaxValue, double.MaxValue, BigInteger.Pow(10, 400),
        ];
        var texts = numbers.Select(number => OrderedText.Of(number, descending: false, Index)).ToList();
        Assert.Equal(texts.OrderBy(text => text, Bytes), texts);
        var falling = numbers.Select(number => OrderedText.Of(number, descending: true, Index)).ToList();
        Assert.Equal(falling.OrderByDescending(text => text, Bytes), falling);
        Assert.Equal(OrderedText.Of(36m, false, Index), OrderedText.Of(36, false, Index));
        Assert.Equal(OrderedText.Of(-0.0, false, Index), OrderedText.Of(0, false, Index));
    }

    [Fact]
    public void Random_values_keep_their_order_in_both_directions()
    {
        var random = new Random(20261128);
        for (var i = 0; i < 20_000; i++)
        {
            Compare(RandomText(random), RandomText(random), (x, y) => Encoding.UTF8.GetBytes(x).AsSpan().SequenceCompareTo(Encoding.UTF8.GetBytes(y)));
            Compare(random.NextInt64() >> random.Next(64), random.NextInt64() >> random.Next(64), (x, y) => x.CompareTo(y));
            Compare(RandomDecimal(random), RandomDecimal(random), (x, y) => x.CompareTo(y));
            Compare(BitConverter.Int64BitsToDouble(random.NextInt64(long.MinValue, long.MaxValue)), (random.NextDouble() - 0.5) * Math.Pow(10, random.Next(-5, 5)), (x, y) => x.CompareTo(y));
            Compare(new DateTimeOffset(random.NextInt64(DateTimeOffset.MaxValue.Ticks), TimeSpan.Zero), new DateTimeOffset(random.NextInt64(DateTimeOffset.MaxValue.Ticks), TimeSpan.Zero), (x, y) => x.CompareTo(y));
            Compare(TimeSpan.FromTicks(random.NextInt64(long.MinValue, long.MaxValue)), TimeSpan.FromTicks(random.Next(-100, 100)), (x, y) => x.CompareTo(y));
            Compare(new TimeOnly(random.NextInt64(TimeSpan.TicksPerDay)), new TimeOnly(random.NextInt64(TimeSpan.TicksPerDay)), (x, y) => x.CompareTo(y));
            Compare(Guid.NewGuid(), Guid.NewGuid(), (x, y) => x.CompareTo(y));
        }
    }

    [Fact]
    public void What_has_no_order_is_refused()
    {
        Assert.Throws<IndexValueException>(() => OrderedText.Of(double.NaN, false, Index));
        Assert.Throws<IndexValueException>(() => OrderedText.Of(new object(), false, Index));
        Assert.Throws<IndexValueException>(() => OrderedText.Of(BigInteger.Pow(10, 600), false, Index));
    }

    [Fact]
    public void The_beginning_of_a_text_is_the_beginning_of_its_encoding()
    {
        var random = new Random(7);
        for (var i = 0; i < 5_000; i++)
        {
            var text = RandomText(random);
            var length = random.Next(text.Length + 1);
            if (length == 0 || char.IsHighSurrogate(text[length - 1]))
            {
                continue;
            }

            Assert.StartsWith(OrderedText.PrefixOf(text[..length], descending: false), OrderedText.Of(text, descending: false, Index), StringComparison.Ordinal);
            Assert.StartsWith(OrderedText.PrefixOf(text[..length], descending: true), OrderedText.Of(text, descending: true, Index), StringComparison.Ordinal);
        }
    }

    private static readonly Comparer<string> Bytes = Comparer<string>.Create(static (x, y) => Encoding.UTF8.GetBytes(x + "\t").AsSpan().SequenceCompareTo(Encoding.UTF8.GetBytes(y + "\t")));

    private static void Check<TValue>(TValue value, string expected) => Assert.Equal(expected, OrderedText.Of(value, descending: false, Index));

    private static void Compare<TValue>(TValue x, TValue y, Comparison<TValue> comparison)
    {
        if (x is double number && double.IsNaN(number))
        {
            return;
        }

        var (up, down) = (OrderedText.Of(x, false, Index), OrderedText.Of(x, true, Index));
        var expected = Math.Sign(comparison(x, y));
        Assert.Equal(expected, Math.Sign(Bytes.Compare(up, OrderedText.Of(y, false, Index))));
        Assert.Equal(-expected, Math.Sign(Bytes.Compare(down, OrderedText.Of(y, true, Index))));
        foreach (var text in new[] { up, down })
        {
            Assert.True(text.Length > 0 && text[0] is not ('\u0001' or '\u0002' or '\u0004') && text.IndexOfAny([':', ',', '\t']) < 0, string.Create(CultureInfo.InvariantCulture, $"{text.Length}"));
        }
    }

    private static decimal RandomDecimal(Random random) =>
        new(random.Next(int.MinValue, int.MaxValue) >> random.Next(31), random.Next(), random.Next(2) * random.Next(), random.Next(2) == 0, (byte)random.Next(29));

    private static string RandomText(Random random)
    {
        string[] pieces = ["a", "b", "\0", "\t", "\n", ":", ";", "+", ",", "~", "é", "\uD7FF", "\uE000", "\uFFFD", "\U00010000", "\U0010FFFF", " ", "1", "!"];
        return string.Concat(Enumerable.Range(0, random.Next(6)).Select(_ => pieces[random.Next(pieces.Length)]));
    }

    private sealed class ModelWithText : EntityModel<Item>
    {
        public ModelWithText()
            : base("item", item => item.Id, ItemJson.Default.Item) => ByText = Prefix("text", item => item.Id);

        public PrefixIndex<Item> ByText { get; }
    }
}
