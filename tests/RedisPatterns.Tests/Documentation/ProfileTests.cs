using System.Text.Json.Serialization;
using RedisPatterns.InMemory;

namespace RedisPatterns.Tests.Documentation;

public sealed record OldProfile(string Id, string Name, string City);

public sealed class OldProfileModel : EntityModel<OldProfile>
{
    public OldProfileModel(EntityLayout layout)
        : base("profile", p => p.Id, OldProfileJson.Default.OldProfile)
    {
        StoreAs(layout);
        ByCity = Tag("city", p => p.City);
    }

    public TagIndex<OldProfile, string> ByCity { get; }
}

[JsonSerializable(typeof(OldProfile))]
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
public sealed partial class OldProfileJson : JsonSerializerContext;

// snippet: schema-model
public sealed record Address(string City, string Country);

public sealed record Profile(string Id, string FullName, Address Address);

public sealed class ProfileModel : EntityModel<Profile>
{
    public ProfileModel(EntityLayout layout)
        : base("profile", p => p.Id, ProfileJson.Default.Profile)
    {
        StoreAs(layout);
        ByCity = Tag("city", p => p.Address.City);
        Schema(version: 3)
            .UpgradeFrom(1, json => json.Rename("name", "fullName"))
            .UpgradeFrom(2, json =>
            {
                json.MoveInto("city", "address");
                json["address"]!["country"] = "unknown";
            });
    }

    public TagIndex<Profile, string> ByCity { get; }
}

[JsonSerializable(typeof(Profile))]
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
public sealed partial class ProfileJson : JsonSerializerContext;

// end-snippet

/// <summary>The code of the page about schema versions, and that it does what it says in every layout.</summary>
public sealed class ProfileTests : IAsyncDisposable
{
    private readonly InMemoryKeyValueStore _server = new();

    public static TheoryData<EntityLayout> Layouts => [EntityLayout.Document(), EntityLayout.Hash, EntityLayout.Attributes, EntityLayout.Chunked()];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(Layouts))]
    public async Task A_document_of_an_older_version_is_upgraded_when_it_is_read(EntityLayout layout)
    {
        // Two processes on one server; in one store a name stands for one model.
        await using var old = new RoundTripCountingKeyValueStore(_server, ownsInner: false);
        var before = old.Keyspace("shop").Repository<OldProfile, OldProfileModel>(new OldProfileModel(layout));
        var after = _server.Keyspace("shop").Repository<Profile, ProfileModel>(new ProfileModel(layout));
        await before.InsertAsync(new OldProfile("u1", "Ada", "London"), Cancellation);

        var ada = new Profile("u1", "Ada", new Address("London", "unknown"));
        Assert.Equal(ada, await after.GetAsync("u1", Cancellation));
        Assert.Equal([ada], await after.Query(m => m.ByCity.Is("London")).ToListAsync(Cancellation));

        // Reading has changed nothing: the older code still reads it.
        Assert.Equal("Ada", (await before.GetAsync("u1", Cancellation))!.Name);

        // Once it is written in the newer version, the older code refuses to read and to overwrite it, and may delete it.
        await after.UpdateAsync(ada with { Address = new Address("London", "UK") }, Cancellation);
        var error = await Assert.ThrowsAsync<SchemaVersionException>(async () => await before.GetAsync("u1", Cancellation));
        Assert.Equal((3, 1, "{shop}:profile:{id}"), (error.StoredVersion, error.ModelVersion, error.KeyPattern));
        await Assert.ThrowsAsync<SchemaVersionException>(async () => await before.UpsertAsync(new OldProfile("u1", "Ada", "Rome"), Cancellation));
        Assert.True(await before.DeleteAsync("u1", cancellationToken: Cancellation));
    }

    [Theory]
    [MemberData(nameof(Layouts))]
    public async Task Everything_is_brought_to_the_models_schema(EntityLayout layout)
    {
        await using var old = new RoundTripCountingKeyValueStore(_server, ownsInner: false);
        var before = old.Keyspace("shop").Repository<OldProfile, OldProfileModel>(new OldProfileModel(layout));
        var profiles = _server.Keyspace("shop").Repository<Profile, ProfileModel>(new ProfileModel(layout));
        await before.InsertManyAsync([.. Enumerable.Range(0, 30).Select(i => new OldProfile($"u{i}", "Ada", "London"))], cancellationToken: Cancellation);
        var cancellationToken = Cancellation;

        // snippet: schema-migrate
        var rehearsal = await profiles.MigrateAsync(new MigrationOptions { DryRun = true }, cancellationToken);
        var report = await profiles.MigrateAsync(new MigrationOptions { MaximumInFlight = 64 }, cancellationToken);

        // end-snippet
        Assert.Equal((30, 30, 0), (rehearsal.Read, rehearsal.Upgraded, rehearsal.Failed));
        Assert.Equal((30, 30, 0), (report.Read, report.Upgraded, report.Failed));
        await Assert.ThrowsAsync<SchemaVersionException>(async () => await before.GetAsync("u1", cancellationToken));
        Assert.True((await profiles.VerifyAsync(cancellationToken)).IsClean);
    }

    [Fact]
    public async Task Documents_that_can_not_be_read_are_collected()
    {
        var profiles = _server.Keyspace("shop").Repository<Profile, ProfileModel>(new ProfileModel(EntityLayout.Document()));
        var cancellationToken = Cancellation;
        await profiles.InsertAsync(new Profile("u1", "Ada", new Address("London", "UK")), cancellationToken);
        await profiles.InsertAsync(new Profile("u2", "Bob", new Address("London", "UK")), cancellationToken);
        await _server.SetAsync("{shop}:profile:u2", """{"$v":9,"id":"u2"}""", cancellationToken);
        string[] ids = ["u1", "u2", "u3"];

        // snippet: entities-unreadable
        var unreadable = new List<UnreadableEntity>();
        var read = await profiles.GetManyAsync(ids, unreadable.Add, cancellationToken);
        var inLondon = await profiles.Query(m => m.ByCity.Is("London")).SkipUnreadable(unreadable.Add).ToListAsync(cancellationToken);

        // end-snippet
        Assert.Equal(["u1", null, null], read.Select(profile => profile?.Id));
        Assert.Equal("u1", Assert.Single(inLondon).Id);
        Assert.Equal(["u2", "u2"], unreadable.Select(row => row.Id));
        Assert.All(unreadable, row => Assert.IsType<SchemaVersionException>(row.Error));
        await Assert.ThrowsAsync<SchemaVersionException>(async () => await profiles.GetManyAsync(ids, cancellationToken));
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();
}
