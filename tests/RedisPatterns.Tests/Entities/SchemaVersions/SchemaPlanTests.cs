using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace RedisPatterns.Tests.Entities.SchemaVersions;

public sealed class SchemaPlanTests
{
    private const string Key = "{shop}:user:*";

    [Fact]
    public void A_document_is_upgraded_step_by_step_from_whatever_version()
    {
        var plan = new SchemaBuilder("user", 3)
            .UpgradeFrom(2, json => json.MoveInto("city", "address"))
            .UpgradeFrom(1, json => json.Rename("name", "fullName"))
            .Close(JsonSerializerOptions.Default);

        Assert.Equal((3, 1, false, false), (plan.Version, plan.Least, plan.WritesBack, plan.PreservesUnknownMembers));
        Assert.Equal("""{"id":"u1","fullName":"Ada","address":{"city":"London"}}""", Upgrade(plan, """{"id":"u1","name":"Ada","city":"London"}""", 1));
        Assert.Equal("""{"id":"u1","name":"Ada","address":{"city":"London"}}""", Upgrade(plan, """{"id":"u1","name":"Ada","city":"London"}""", 2));
        Assert.Equal("""{ "id": "u1" }""", Upgrade(plan, """{ "id": "u1" }""", 3));
    }

    [Fact]
    public void What_a_step_does_not_touch_stays_as_it_is()
    {
        var plan = new SchemaBuilder("user", 2).UpgradeFrom(1, json => json.SetDefault("new", true)).Close(JsonSerializerOptions.Default);

        Assert.Equal(
            """{"price":1.10,"big":12345678901234567890,"far":1E+400,"deep":{"zero":-0.0,"list":[1.0,2.50]},"text":"\u00E9\u0022","new":true}""",
            Upgrade(plan, """{"price":1.10,"big":12345678901234567890,"far":1E+400,"deep":{"zero":-0.0,"list":[1.0,2.50]},"text":"é\"","new":true}""", 1));
    }

    [Fact]
    public void Upgraded_documents_are_written_in_the_style_of_the_model()
    {
        var options = new JsonSerializerOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, WriteIndented = true, NewLine = "\n" };
        var plan = new SchemaBuilder("user", 2).UpgradeFrom(1, json => json.Rename("name", "fullName")).Close(options);

        Assert.Equal("{\n  \"fullName\": \"é<\"\n}", Upgrade(plan, """{"name":"\u00e9\u003c"}""", 1));
    }

    [Fact]
    public void What_newer_code_wrote_and_what_is_too_old_is_refused()
    {
        var plan = new SchemaBuilder("user", 4).UpgradeFrom(3, _ => { }).Close(JsonSerializerOptions.Default);

        var newer = Assert.Throws<SchemaVersionException>(() => Upgrade(plan, "{}", 5));
        Assert.Equal((5, 4, Key, "user"), (newer.StoredVersion, newer.ModelVersion, newer.KeyPattern, newer.Model));
        Assert.Contains("newer code", newer.Message, StringComparison.Ordinal);

        var older = Assert.Throws<SchemaVersionException>(() => Upgrade(plan, "{}", 2));
        Assert.Equal((2, 4), (older.StoredVersion, older.ModelVersion));
        Assert.DoesNotContain("newer code", older.Message, StringComparison.Ordinal);

        Assert.Throws<SchemaVersionException>(() => Upgrade(SchemaPlan.None("user", JsonSerializerOptions.Default), "{}", 2));
        Assert.Equal("{}", Upgrade(SchemaPlan.None("user", JsonSerializerOptions.Default), "{}", 1));
    }

    [Fact]
    public void A_step_that_fails_is_named_without_what_it_saw()
    {
        var plan = new SchemaBuilder("user", 3)
            .UpgradeFrom(1, _ => { })
            .UpgradeFrom(2, json => json["age"] = int.Parse(json["age"]!.GetValue<string>(), null))
            .Close(JsonSerializerOptions.Default);

        var error = Assert.Throws<SchemaUpgradeException>(() => Upgrade(plan, """{"age":"secret"}""", 1));

        Assert.Equal((2, Key, "user"), (error.FromVersion, error.KeyPattern, error.Model));
        Assert.IsType<FormatException>(error.InnerException);
        Assert.DoesNotContain("secret", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("{")]
    public void What_is_no_object_is_not_upgraded(string body)
    {
        var plan = new SchemaBuilder("user", 2).UpgradeFrom(1, _ => { }).Close(JsonSerializerOptions.Default);
        Assert.ThrowsAny<JsonException>(() => Upgrade(plan, body, 1));
    }

    [Fact]
    public void A_plan_that_can_not_work_is_refused_by_name()
    {
        Assert.Throws<ModelException>(() => new SchemaBuilder("user", 0));
        Assert.Throws<ModelException>(() => new SchemaBuilder("user", 1_000_000_000));
        Assert.Throws<ModelException>(() => new SchemaBuilder("user", 3).UpgradeFrom(0, _ => { }));
        Assert.Throws<ModelException>(() => new SchemaBuilder("user", 3).UpgradeFrom(3, _ => { }));
        Assert.Throws<ModelException>(() => new SchemaBuilder("user", 3).UpgradeFrom(1, _ => { }).UpgradeFrom(1, _ => { }));

        var gap = new SchemaBuilder("user", 4).UpgradeFrom(1, _ => { }).UpgradeFrom(3, _ => { });
        var error = Assert.Throws<ModelException>(() => gap.Close(JsonSerializerOptions.Default));
        Assert.Contains("user: the upgrade from schema version 2 to 3", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_plan_in_use_does_not_change()
    {
        var builder = new SchemaBuilder("user", 2).UpgradeFrom(1, _ => { }).WriteBack().PreserveUnknownMembers();
        var plan = builder.Close(JsonSerializerOptions.Default);

        Assert.True(plan.WritesBack && plan.PreservesUnknownMembers);
        Assert.Throws<ModelException>(() => builder.UpgradeFrom(1, _ => { }));
        Assert.Throws<ModelException>(builder.WriteBack);
        Assert.Throws<ModelException>(builder.PreserveUnknownMembers);
    }

    [Fact]
    public void Members_are_renamed_in_place()
    {
        Assert.Equal("""{"a":1,"x":null,"c":3}""", Changed("""{"a":1,"b":null,"c":3}""", json => json.Rename("b", "x")));
        Assert.Equal("""{"a":1}""", Changed("""{"a":1}""", json => json.Rename("b", "a").Rename("a", "a")));
        Assert.Throws<InvalidOperationException>(() => Changed("""{"a":1,"b":2}""", json => json.Rename("a", "b")));
    }

    [Fact]
    public void Members_are_added_where_they_are_missing()
    {
        JsonNode shared = new JsonArray();
        Assert.Equal("""{"a":null,"b":[],"c":[]}""", Changed("""{"a":null}""", json => json.SetDefault("a", 1).SetDefault("b", shared).SetDefault("c", shared)));
    }

    [Fact]
    public void Members_are_moved_into_and_out_of_nested_objects()
    {
        Assert.Equal("""{"o":{"a":1,"b":2}}""", Changed("""{"a":1,"b":2}""", json => json.MoveInto("a", "o").MoveInto("b", "o").MoveInto("c", "o")));
        Assert.Equal("""{"o":{"a":1}}""", Changed("""{"a":1,"o":null}""", json => json.MoveInto("a", "o")));
        Assert.Equal("""{"o":{},"a":null}""", Changed("""{"o":{"a":null}}""", json => json.MoveOutOf("o", "a").MoveOutOf("o", "b").MoveOutOf("p", "a")));
        Assert.Throws<InvalidOperationException>(() => Changed("""{"a":1,"o":2}""", json => json.MoveInto("a", "o")));
        Assert.Throws<InvalidOperationException>(() => Changed("""{"a":1,"o":{"a":2}}""", json => json.MoveInto("a", "o")));
        Assert.Throws<InvalidOperationException>(() => Changed("""{"a":1}""", json => json.MoveInto("a", "a")));
        Assert.Throws<InvalidOperationException>(() => Changed("""{"a":1,"o":{"a":2}}""", json => json.MoveOutOf("o", "a")));
    }

    [Fact]
    public void A_write_keeps_what_was_stored_after_its_upgrade()
    {
        var plan = new SchemaBuilder("user", 2).UpgradeFrom(1, json => json.Rename("name", "fullName")).PreserveUnknownMembers().Close(JsonSerializerOptions.Default);
        var written = """{"$v":2,"fullName":"Ada L"}"""u8.ToArray();

        Assert.Equal(
            """{"$v":2,"fullName":"Ada L","nick":"A"}""",
            Encoding.UTF8.GetString(plan.Preserve(SchemaPlanContext.Default.Person, """{"name":"Ada","nick":"A"}"""u8.ToArray(), written, Key).Span));
        Assert.Equal(
            """{"$v":3,"fullName":"Ada L","nick":"A"}""",
            Encoding.UTF8.GetString(plan.Preserve(SchemaPlanContext.Default.Person, """{"$v":3,"nick":"A"}"""u8.ToArray(), written, Key).Span));
    }

    private static string Upgrade(SchemaPlan plan, string body, int from) => Encoding.UTF8.GetString(plan.Upgrade(Encoding.UTF8.GetBytes(body), from, Key).Span);

    private static string Changed(string json, Action<JsonObject> change)
    {
        var node = JsonNode.Parse(json)!.AsObject();
        change(node);
        return node.ToJsonString();
    }
}

public sealed record Person([property: JsonPropertyName("fullName")] string FullName);

[JsonSerializable(typeof(Person))]
public sealed partial class SchemaPlanContext : JsonSerializerContext;
