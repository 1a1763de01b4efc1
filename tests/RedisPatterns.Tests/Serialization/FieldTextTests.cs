using System.Text;
using System.Text.Json;

namespace RedisPatterns.Tests.Serialization;

public sealed class FieldTextTests
{
    private const int Cases = 20_000;

    [Fact]
    public void Every_value_has_the_text_that_it_had_in_the_first_version()
    {
        foreach (var item in GoldenFile.Read("field-text.json"))
        {
            Assert.Equal(item.Text("text"), FromJson(item.Text("json")));
            AssertSameJson(item.Text("json"), ToJson(item.Text("text")));
        }
    }

    [Fact]
    public void A_text_gives_its_value_back_whatever_the_value()
    {
        var maker = new JsonMaker(1);
        for (var i = 0; i < Cases; i++)
        {
            var json = maker.Value();
            var text = FromJson(json);
            AssertSameJson(json, ToJson(text));
            Assert.Equal(text, FromJson(ToJson(text)));
        }
    }

    [Fact]
    public void Equal_strings_have_one_text_however_they_are_escaped()
    {
        var maker = new JsonMaker(2);
        for (var i = 0; i < Cases; i++)
        {
            var value = maker.Text();
            Assert.Equal(FromJson(maker.Quote(value)), FromJson(maker.Quote(value)));
        }
    }

    [Fact]
    public void Different_values_have_different_texts()
    {
        var maker = new JsonMaker(3);
        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        for (var i = 0; i < Cases; i++)
        {
            // The value written in one way only: a string by its kind and content, anything else by its text.
            var json = maker.Value(0);
            var value = json[0] == '"' ? "string " + JsonSerializer.Deserialize<string>(json) : json;
            var text = FromJson(json);
            Assert.Equal(value, values.GetValueOrDefault(text, value));
            values[text] = value;
        }
    }

    [Fact]
    public void A_string_without_escapes_is_a_slice_and_not_a_copy()
    {
        var json = "\"plain\""u8.ToArray().AsMemory();
        Assert.True(json.Slice(1, 5).Span == FieldText.FromJson(json).Span);
        json = "\"12\""u8.ToArray();
        Assert.True(json.Span == FieldText.FromJson(json).Span);
    }

    [Fact]
    public void Numbers_that_a_store_holds_as_numbers_are_read_as_such()
    {
        Assert.Equal("-12", ToJson((StoreValue)(-12)));
        Assert.Equal("1.5", ToJson((StoreValue)1.5));
        Assert.Equal("\"\"", ToJson(StoreValue.Empty));
        Assert.Equal("\"ab\"", ToJson(StoreValue.Copy("ab"u8)));
        Assert.Equal("\"" + new string('x', 500) + "\"", ToJson((StoreValue)new string('x', 500)));
    }

    internal static void AssertSameJson(string expected, string actual)
    {
        // A string with half of a pair is compared by its escapes, which alone can say it.
        if (expected.Contains("\\ud800\"", StringComparison.Ordinal))
        {
            Assert.Equal(expected, actual);
            return;
        }

        using var left = JsonDocument.Parse(expected);
        using var right = JsonDocument.Parse(actual);
        Assert.True(JsonElement.DeepEquals(left.RootElement, right.RootElement), $"{expected}\nis not\n{actual}");
    }

    private static string FromJson(string json) => Encoding.UTF8.GetString(FieldText.FromJson(Encoding.UTF8.GetBytes(json)).Span);

    private static string ToJson(StoreValue text)
    {
        using var output = PooledBuffer.Rent();
        FieldText.ToJson(text, output);
        return Encoding.UTF8.GetString(output.WrittenSpan);
    }
}
