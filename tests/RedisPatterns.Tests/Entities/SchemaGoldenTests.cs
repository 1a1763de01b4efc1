using System.Text.Json;
using System.Text.Json.Serialization;
using RedisPatterns.Commands;
using RedisPatterns.InMemory;
using RedisPatterns.Testing;
using RedisPatterns.Tests.Architecture;

namespace RedisPatterns.Tests.Entities;

/// <summary>
/// What entities of every schema version look like in every layout, kept as the commands that write it. A new version of the
/// schema adds a file; those that are there do not change.
/// </summary>
public sealed class SchemaGoldenTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("document")]
    [InlineData("hash")]
    [InlineData("attributes")]
    public async Task The_first_schema_is_written_as_ever(string layout)
    {
        await using var store = new InMemoryKeyValueStore();
        var profiles = store.Keyspace("shop").Repository<First, FirstModel>(new FirstModel(LayoutOf(layout)));
        await profiles.InsertAsync(new First("p1", "Ada", 7, ["a", "b"], new Place("Lima")), Cancellation);

        // The states of indexes have come later.
        await store.SendAsync(Hashes.Delete("{shop}:idx:profile", "#", "#name"), Cancellation);

        Assert.Equal(await ContentsAsync("1", layout), await StoreContents.ReadAsync(store, "{shop}", Cancellation));
    }

    [Theory]
    [InlineData("document")]
    [InlineData("hash")]
    [InlineData("attributes")]
    public async Task The_second_schema_is_written_as_ever(string layout)
    {
        await using var store = new InMemoryKeyValueStore();
        var profiles = store.Keyspace("shop").Repository<Second, SecondModel>(new SecondModel(LayoutOf(layout)));
        await profiles.InsertAsync(new Second("p1", "Ada", 7, ["a", "b"], new Place("Lima"), "Countess"), Cancellation);

        // The states of indexes have come later.
        await store.SendAsync(Hashes.Delete("{shop}:idx:profile", "#", "#name"), Cancellation);

        Assert.Equal(await ContentsAsync("2", layout), await StoreContents.ReadAsync(store, "{shop}", Cancellation));
    }

    [Theory]
    [InlineData("1", "document", "none")]
    [InlineData("1", "hash", "none")]
    [InlineData("1", "attributes", "none")]
    [InlineData("1", "chunked", "none")]
    [InlineData("2", "document", "Countess")]
    [InlineData("2", "hash", "Countess")]
    [InlineData("2", "attributes", "Countess")]
    [InlineData("2", "chunked", "Countess")]
    public async Task Every_schema_is_read_found_patched_and_deleted_without_a_trace(string version, string layout, string title)
    {
        await using var store = await LoadAsync(version, layout);
        var profiles = store.Keyspace("shop").Repository<Second, SecondModel>(new SecondModel(LayoutOf(layout)));

        var expected = new Second("p1", "Ada", 7, ["a", "b"], new Place("Lima"), title, 1);
        var read = await profiles.GetAsync("p1", Cancellation);
        Assert.Equal(expected with { Tags = [] }, read! with { Tags = [] });
        Assert.Equal(expected.Tags, read.Tags);
        Assert.Equal(["p1"], await profiles.Query(m => m.ByName.Is("Ada")).ToIdsAsync(Cancellation));
        Assert.Equal(2, await profiles.PatchAsync("p1", p => p.Increment(m => m.Score, 1), Cancellation));
        Assert.Equal(8, (await profiles.GetAsync("p1", Cancellation))!.Score);
        Assert.True((await profiles.VerifyAsync(Cancellation)).IsClean);

        // The parts of a value that was replaced are kept for a while for those who read it.
        Assert.True(await profiles.DeleteAsync("p1", cancellationToken: Cancellation));
        Assert.All(
            await StoreContents.ReadAsync(store, "{shop}", Cancellation),
            line => Assert.Matches("^{shop}:idx:profile Hash |^{shop}:profile:p1:[a-z2-7]{16}:[0-9] ", line));
    }

    private static EntityLayout LayoutOf(string layout) => layout switch
    {
        "hash" => EntityLayout.Hash,
        "attributes" => EntityLayout.Attributes,
        "chunked" => EntityLayout.Chunked(1_024),
        _ => EntityLayout.Document(),
    };

    private static async Task<IReadOnlyList<string>> ContentsAsync(string version, string layout)
    {
        await using var store = await LoadAsync(version, layout);
        return await StoreContents.ReadAsync(store, "{shop}", Cancellation);
    }

    private static async Task<InMemoryKeyValueStore> LoadAsync(string version, string layout)
    {
        var file = Path.Combine(Packages.Root, "tests", "RedisPatterns.Tests", "Entities", "Golden", $"profile-schema-{version}.json");
        using var golden = JsonDocument.Parse(await File.ReadAllTextAsync(file, Cancellation));
        var store = new InMemoryKeyValueStore();
        foreach (var command in golden.RootElement.GetProperty(layout).EnumerateArray())
        {
            string[] words = [.. command.EnumerateArray().Select(word => word.GetString()!)];
            switch (words[0])
            {
                case "SET":
                    await store.SendAsync(Strings.Set(words[1], words[2]), Cancellation);
                    break;
                case "SADD":
                    await store.SendAsync(Sets.Add(words[1], words[2]), Cancellation);
                    break;
                default:
                    await store.SendAsync(Hashes.Set(words[1], [.. words.Skip(2).Chunk(2).Select(pair => new HashEntry(pair[0], pair[1]))]), Cancellation);
                    break;
            }
        }

        return store;
    }

    internal sealed record Place(string City);

    internal sealed record First(string Id, string Name, int Score, IReadOnlyList<string> Tags, Place? Address, long Version = 0);

    internal sealed record Second(string Id, string FullName, int Score, IReadOnlyList<string> Tags, Place? Address, string Title, long Version = 0);

    internal sealed class FirstModel : EntityModel<First>
    {
        public FirstModel(EntityLayout layout)
            : base("profile", profile => profile.Id, SchemaGoldenJson.Default.First)
        {
            StoreAs(layout);
            Version(profile => profile.Version, (profile, version) => profile with { Version = version });
            ByName = Tag("name", profile => profile.Name);
        }

        public TagIndex<First, string> ByName { get; }
    }

    internal sealed class SecondModel : EntityModel<Second>
    {
        public SecondModel(EntityLayout layout)
            : base("profile", profile => profile.Id, SchemaGoldenJson.Default.Second)
        {
            StoreAs(layout);
            Schema(2).UpgradeFrom(1, json => json.Rename("name", "fullName").SetDefault("title", "none"));
            Version(profile => profile.Version, (profile, version) => profile with { Version = version });
            Score = Field("score", profile => profile.Score);
            ByName = Tag("name", profile => profile.FullName);
        }

        public EntityField<Second, int> Score { get; }

        public TagIndex<Second, string> ByName { get; }
    }
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(SchemaGoldenTests.First))]
[JsonSerializable(typeof(SchemaGoldenTests.Second))]
internal sealed partial class SchemaGoldenJson : JsonSerializerContext;
