using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace RedisPatterns.Tests.Entities.SchemaVersions;

public sealed class UnknownMembersTests
{
    private static JsonTypeInfo Type => UnknownMembersContext.Default.Customer;

    [Fact]
    public void Members_that_the_type_does_not_know_are_kept_in_every_nested_object() => AssertMerged(
        stored: """{"Id":"old","Home":{"City":"old","Zip":"\u0031","Geo":{"Lat":1.10,"Alt":3}},"Extra":[1, 2],"$note":{"x":1}}""",
        written: """{"Id":"new","Home":{"City":"new","Geo":{"Lat":2}},"Work":null}""",
        merged: """{"Id":"new","Home":{"City":"new","Geo":{"Lat":2,"Alt":3},"Zip":"\u0031"},"Work":null,"Extra":[1, 2],"$note":{"x":1}}""");

    [Fact]
    public void Members_that_the_type_knows_do_not_come_back() => AssertMerged(
        stored: """{"Id":"old","Nick":"gone","Home":{"City":"gone"},"Work":{"City":"gone","Extra":1}}""",
        written: """{"Id":"new","Home":{},"Work":null}""",
        merged: """{"Id":"new","Home":{},"Work":null}""");

    [Fact]
    public void Dictionaries_lists_and_values_with_a_converter_are_written_whole() => AssertMerged(
        stored: """{"Scores":{"a":1,"b":2},"Past":[{"City":"x","Extra":1}],"Odd":{"City":"x","Extra":1},"Marked":{"City":"x","Extra":1}}""",
        written: """{"Scores":{"a":1},"Past":[{"City":"x"}],"Odd":{"City":"x"},"Marked":{"City":"x"}}""",
        merged: """{"Scores":{"a":1},"Past":[{"City":"x"}],"Odd":{"City":"x"},"Marked":{"City":"x"}}""");

    [Fact]
    public void Extension_data_holds_its_members_itself() => AssertMerged(
        stored: """{"Open":{"Name":"x","Removed":1,"Home":{"City":"x","Extra":1}}}""",
        written: """{"Open":{"Name":"x","Home":{"City":"y"}}}""",
        merged: """{"Open":{"Name":"x","Home":{"City":"y","Extra":1}}}""");

    [Fact]
    public void An_optional_structure_is_an_object_like_others() => AssertMerged(
        stored: """{"Size":{"Width":1,"Depth":2}}""",
        written: """{"Size":{"Width":3}}""",
        merged: """{"Size":{"Width":3,"Depth":2}}""");

    [Fact]
    public void Members_of_a_derived_type_are_known_when_the_document_names_it()
    {
        AssertMerged(
            stored: """{"Pet":{"kind":"dog","Name":"x","Chip":1,"Extra":2}}""",
            written: """{"Pet":{"kind":"dog","Name":"y"}}""",
            merged: """{"Pet":{"kind":"dog","Name":"y","Extra":2}}""");
        AssertMerged(
            stored: """{"Pet":{"kind":"cat","Name":"x","Extra":2}}""",
            written: """{"Pet":{"kind":"dog","Name":"y"}}""",
            merged: """{"Pet":{"kind":"dog","Name":"y"}}""");
        AssertMerged(
            stored: """{"Pet":{"Name":"x","Extra":2}}""",
            written: """{"Pet":{"Name":"y"}}""",
            merged: """{"Pet":{"Name":"y","Extra":2}}""");
    }

    [Fact]
    public void Names_that_differ_in_case_are_one_when_the_options_say_so()
    {
        var context = new UnknownMembersContext(new JsonSerializerOptions { PropertyNameCaseInsensitive = true });
        Assert.Equal("""{"Id":"b","Extra":1}""", Merge(context.Customer, """{"id":"a","nick":"x","Extra":1}""", """{"Id":"b"}"""));
    }

    [Fact]
    public void The_greater_schema_version_stays()
    {
        AssertMerged("""{"$v":3,"Id":"a","Extra":1}""", """{"$v":2,"Id":"b"}""", """{"$v":3,"Id":"b","Extra":1}""");
        AssertMerged("""{"$v":3,"Id":"a"}""", """{"Id":"b"}""", """{"$v":3,"Id":"b"}""");
        AssertMerged("""{"$v":3}""", "{}", """{"$v":3}""");
        AssertMerged("""{"Extra":1}""", """{"$v":2,"Id":"b"}""", """{"$v":2,"Id":"b","Extra":1}""");
        AssertMerged("""{"$v":2}""", """{"$v":2,"Id":"b"}""", """{"$v":2,"Id":"b"}""");
    }

    [Fact]
    public void A_document_with_nothing_to_keep_is_not_written_again()
    {
        ReadOnlyMemory<byte> written = """{ "Id" : "b" }"""u8.ToArray();
        Assert.True(written.Span == UnknownMembers.Merge(Type, """{"Id":"a"}"""u8.ToArray(), written).Span);
    }

    private static void AssertMerged(string stored, string written, string merged)
    {
        Assert.Equal(merged, Merge(Type, stored, written));

        // What was kept is kept by the next write too.
        Assert.Equal(merged, Merge(Type, merged, written));
    }

    private static string Merge(JsonTypeInfo type, string stored, string written) =>
        Encoding.UTF8.GetString(UnknownMembers.Merge(type, Encoding.UTF8.GetBytes(stored), Encoding.UTF8.GetBytes(written)).Span);
}

public sealed record Place(string? City, Geo? Geo);

public sealed record Geo(double Lat);

public readonly record struct Dimensions(int Width);

[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(Dog), "dog")]
[JsonDerivedType(typeof(Cat), "cat")]
public record Pet(string Name);

public sealed record Dog(string Name, int? Chip) : Pet(Name);

public sealed record Cat(string Name) : Pet(Name);

public sealed class OpenThing
{
    public string? Name { get; set; }

    public Place? Home { get; set; }

    [JsonExtensionData]
    public Dictionary<string, JsonElement>? Rest { get; set; }
}

[JsonConverter(typeof(OddPlaceConverter))]
public sealed record OddPlace(string? City);

public sealed class OddPlaceConverter : JsonConverter<OddPlace>
{
    public override OddPlace Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => throw new NotSupportedException();

    public override void Write(Utf8JsonWriter writer, OddPlace value, JsonSerializerOptions options) => throw new NotSupportedException();
}

public sealed class PlaceConverter : JsonConverter<Place>
{
    public override Place Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => throw new NotSupportedException();

    public override void Write(Utf8JsonWriter writer, Place value, JsonSerializerOptions options) => throw new NotSupportedException();
}

public sealed record Customer(
    string Id,
    string? Nick,
    Place? Home,
    Place? Work,
    Dictionary<string, int>? Scores,
    IReadOnlyList<Place>? Past,
    OddPlace? Odd,
    [property: JsonConverter(typeof(PlaceConverter))] Place? Marked,
    OpenThing? Open,
    Dimensions? Size,
    Pet? Pet);

[JsonSerializable(typeof(Customer))]
public sealed partial class UnknownMembersContext : JsonSerializerContext;
