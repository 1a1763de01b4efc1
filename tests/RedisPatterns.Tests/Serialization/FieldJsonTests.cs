using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using RedisPatterns.Commands;

namespace RedisPatterns.Tests.Serialization;

public sealed class FieldJsonTests
{
    [Fact]
    public void The_schema_version_is_read_and_is_no_member()
    {
        HashEntry[] entries = [new("id", "u1"), new("$v", 3), new("age", 36), new("gone", default)];

        Assert.Equal(("""{"id":"u1","age":36}""", 3), Join(entries, new NameTable([])));
        Assert.Equal(("""{"id":"u1"}""", 1), Join(entries[..1], new NameTable([])));
        Assert.Equal(("{}", 1), Join([], new NameTable([])));
    }

    [Theory]
    [InlineData("0")]
    [InlineData("-1")]
    [InlineData("two")]
    [InlineData("1000000000")]
    public void What_is_no_schema_version_is_refused(string text) =>
        Assert.Throws<JsonException>(() => Join([new("$v", text)], new NameTable([])));

    [Fact]
    public void Fields_that_were_read_by_name_leave_out_those_that_are_not_there()
    {
        using var output = PooledBuffer.Rent();
        FieldJson.JoinTo(["$v", "id", "name", "age"], [2, "u1", default, "null"], output, out var schema);

        Assert.Equal("""{"id":"u1","age":null}""", Encoding.UTF8.GetString(output.WrittenSpan));
        Assert.Equal(2, schema);
    }

    [Fact]
    public void The_discriminator_of_a_hierarchy_comes_first_in_whatever_order_the_fields_came()
    {
        var names = NameTable.Of(FieldJsonContext.Default.Shape);
        using var output = PooledBuffer.Rent();
        FieldJson.JoinTo([new("Radius", 2), new("Id", "s1"), new("kind", "circle")], names, output, out _);

        Assert.Equal("""{"kind":"circle","Radius":2,"Id":"s1"}""", Encoding.UTF8.GetString(output.WrittenSpan));
        Assert.Equal(new Circle("s1", 2), JsonSerializer.Deserialize(output.WrittenSpan, FieldJsonContext.Default.Shape));
        Assert.Same(names.Get("Radius"u8), names.Get("Radius"u8));
    }

    [Fact]
    public void Joining_a_reply_allocates_nothing()
    {
        HashEntry[] entries =
        [
            new(StoreValue.Copy("id"u8), StoreValue.Copy("u1"u8)),
            new(StoreValue.Copy("description"u8), StoreValue.Copy("some \"longer\" text"u8)),
            new("age", 36),
            new(StoreValue.Copy("labels"u8), StoreValue.Copy("[\"red\",\"green\"]"u8)),
        ];
        var names = new NameTable(["id", "description", "age", "labels"]);
        Join();
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 100; i++)
        {
            Join();
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);

        void Join()
        {
            using var output = PooledBuffer.Rent();
            FieldJson.JoinTo(entries, names, output, out _);
        }
    }

    [Fact]
    public void A_buffer_that_was_given_back_begins_empty_and_grows()
    {
        var first = PooledBuffer.Rent();
        first.Write("abc"u8);
        first.Dispose();
        using var again = PooledBuffer.Rent();
        using var other = PooledBuffer.Rent();
        Assert.Same(first, again);
        Assert.NotSame(again, other);
        Assert.Equal(0, again.Count);

        var bytes = new byte[100_000];
        new Random(6).NextBytes(bytes);
        foreach (var part in bytes.Chunk(777))
        {
            again.Write(part);
            other.Write((byte)1);
        }

        Assert.Equal(bytes, again.ToArray());
        Assert.Throws<ArgumentOutOfRangeException>(() => again.Advance(int.MaxValue));
    }

    private static (string Json, int Schema) Join(HashEntry[] entries, NameTable names)
    {
        using var output = PooledBuffer.Rent();
        FieldJson.JoinTo(entries, names, output, out var schema);
        return (Encoding.UTF8.GetString(output.WrittenSpan), schema);
    }
}

[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(Circle), "circle")]
public abstract record Shape(string Id);

public sealed record Circle(string Id, double Radius) : Shape(Id);

[JsonSerializable(typeof(Shape))]
public sealed partial class FieldJsonContext : JsonSerializerContext;
