using System.Text;

namespace RedisPatterns.Tests.Store;

/// <summary>A value holds few bytes in itself: nothing of that is to be seen.</summary>
public sealed class ShortValueTests
{
    public static TheoryData<string> Texts => ["", "a", "0", "-1", "007", "12345678", "-9999999", "1.5", "inf", "nan", "ä€", "\0\0", "123456789", "-12345678901", "{a}:b"];

    [Theory]
    [MemberData(nameof(Texts))]
    public void A_copy_equals_the_bytes_in_every_form(string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        var copy = StoreValue.Copy(bytes);
        StoreValue[] forms = [bytes, text, (ReadOnlyMemory<byte>)bytes];
        foreach (var form in forms)
        {
            Assert.Equal(form, copy);
            Assert.Equal(copy, form);
            Assert.Equal(form.GetHashCode(), copy.GetHashCode());
            Assert.Equal(form.TryGetInt64(out var integer), copy.TryGetInt64(out var copiedInteger));
            Assert.Equal(integer, copiedInteger);
            Assert.Equal(form.TryGetDouble(out var number), copy.TryGetDouble(out var copiedNumber));
            Assert.Equal(number, copiedNumber);
        }

        Assert.Equal(text, copy.AsText());
        Assert.Equal(bytes, copy.ToArray());
        Assert.Equal(bytes, copy.AsMemory().ToArray());
        Assert.Equal(bytes.Length, copy.GetByteCount());
        Assert.False(copy.IsKey || copy.IsNull || copy.IsInteger || copy.IsDouble);
        Assert.NotEqual(copy, StoreValue.Copy([.. bytes, 0]));
        Assert.NotEqual(copy, StoreValue.Null);
    }

    [Fact]
    public void A_copy_of_any_bytes_keeps_them()
    {
        var random = new Random(7);
        for (var i = 0; i < 2_000; i++)
        {
            var bytes = new byte[random.Next(12)];
            random.NextBytes(bytes);
            Assert.Equal(bytes, StoreValue.Copy(bytes).ToArray());
            Assert.Equal((StoreValue)bytes, StoreValue.Copy(bytes));
        }
    }

    [Fact]
    public void The_number_equals_its_short_text()
    {
        Assert.Equal((StoreValue)12, StoreValue.Copy("12"u8));
        Assert.Equal(StoreValue.Copy("12"u8), (StoreValue)12);
        Assert.NotEqual((StoreValue)12, StoreValue.Copy("012"u8));
    }
}
