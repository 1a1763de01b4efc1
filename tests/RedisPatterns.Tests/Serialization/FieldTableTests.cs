using System.Text;
using System.Text.Json;
using RedisPatterns.Commands;

namespace RedisPatterns.Tests.Serialization;

public sealed class FieldTableTests
{
    [Fact]
    public void Members_become_fields_and_an_object_again()
    {
        var table = Split("""{"id":"u1","age":36,"tags":["a", "b"],"name":"Ada \"L\"","nick":null,"zip":"01234"}""");

        Assert.Equal(["id=u1", "age=36", """tags=["a", "b"]""", "name=Ada \"L\"", "nick=null", "zip=\"01234\""], Show(table));
        Assert.Equal("""{"id":"u1","age":36,"tags":["a", "b"],"name":"Ada \"L\"","nick":null,"zip":"01234"}""", Join(table));
    }

    [Fact]
    public void The_empty_object_has_no_fields()
    {
        Assert.Equal(0, Split(" { } ").Count);
        Assert.Equal("{}", Join(new FieldTable()));
    }

    [Fact]
    public void Of_members_with_one_name_the_last_counts() =>
        Assert.Equal(["a=3", "b=2"], Show(Split("""{"a":1,"b":2,"\u0061":3}""")));

    [Theory]
    [InlineData("")]
    [InlineData("1")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("{")]
    [InlineData("{\"a\":1")]
    [InlineData("{\"a\":}")]
    [InlineData("{\"a\":1}}")]
    [InlineData("{\"a\":1}{}")]
    [InlineData("{\"a\":01}")]
    [InlineData("{\"\\ud800\":1}")]
    public void What_is_no_object_is_refused(string json)
    {
        Assert.ThrowsAny<JsonException>(() => Split(json));
        Assert.ThrowsAny<JsonException>(() => FieldTable.Split(Encoding.UTF8.GetBytes(json), new NameTable(["a"])));
    }

    [Fact]
    public void Deep_values_are_kept_whole()
    {
        var deep = string.Concat(Enumerable.Repeat("[", 500)) + string.Concat(Enumerable.Repeat("]", 500));
        Assert.Equal(["a=" + deep], Show(Split($$"""{"a":{{deep}}}""")));
    }

    [Fact]
    public void A_field_keeps_its_place_and_a_new_one_is_the_last()
    {
        var table = Split("""{"a":1,"b":2}""");
        table.Set("a", "x");
        table.Set("c", 3);
        Assert.True(table.Remove("b"));
        Assert.False(table.Remove("b"));

        Assert.True(table.TryGet("c", out var three));
        Assert.Equal(3, three.AsInt64());
        Assert.False(table.TryGet("b", out _));
        Assert.Equal("""{"a":"x","c":3}""", Join(table));
    }

    [Fact]
    public void Many_fields_are_found_set_and_removed_like_few()
    {
        var table = new FieldTable();
        var expected = new List<string>();
        var random = new Random(4);
        for (var i = 0; i < 5_000; i++)
        {
            var name = "f" + random.Next(100);
            var at = expected.FindIndex(field => field.StartsWith(name + "=", StringComparison.Ordinal));
            if (random.Next(3) == 0)
            {
                Assert.Equal(at >= 0, table.Remove(name));
                expected.RemoveAll(field => field.StartsWith(name + "=", StringComparison.Ordinal));
                continue;
            }

            table.Set(name, i);
            if (at >= 0)
            {
                expected[at] = $"{name}={i}";
            }
            else
            {
                expected.Add($"{name}={i}");
            }
        }

        Assert.Equal(expected, Show(table));
    }

    [Fact]
    public void Random_objects_come_back_the_same_and_their_texts_are_canonical()
    {
        var maker = new JsonMaker(5);
        for (var i = 0; i < 5_000; i++)
        {
            var json = maker.Object();
            var table = Split(json);
            var joined = Join(table);
            FieldTextTests.AssertSameJson(json, joined);
            Assert.Equal(Show(table), Show(Split(joined)));

            HashEntry[] entries = [.. table.Fields.ToArray().Select(field => new HashEntry(StoreValue.Copy(((StoreValue)field.Name).AsMemory().Span), field.Text))];
            Assert.Equal(joined, Join(FieldTable.From(entries, new NameTable(["id", "true", "{", ""]))));
        }
    }

    [Fact]
    public void Known_names_are_not_made_again()
    {
        string[] names = ["id", "fullName", "", "größe", "a", "b", "c", "d", "e", "f"];
        var table = new NameTable(names);
        foreach (var name in names)
        {
            Assert.Same(name, table.Get(Encoding.UTF8.GetBytes(name)));
            Assert.Same(name, table.Get(StoreValue.Copy(Encoding.UTF8.GetBytes(name))));
        }

        Assert.Equal("other", table.Get("other"u8));
        Assert.Equal("", new NameTable([]).Get(""u8));
        Assert.Same(names[1], FieldTable.Split("{\"fullName\":1}"u8.ToArray(), table)[0].Name);
    }

    private static FieldTable Split(string json) => FieldTable.Split(Encoding.UTF8.GetBytes(json));

    private static string Join(FieldTable table) => Encoding.UTF8.GetString(table.Join());

    private static string[] Show(FieldTable table) => [.. table.Fields.ToArray().Select(field => $"{field.Name}={field.Text}")];
}
