using System.Text.Json.Serialization;
using RedisPatterns.Commands;
using RedisPatterns.InMemory;
using RedisPatterns.Testing;

namespace RedisPatterns.Tests.Entities;

/// <summary>
/// What is persisted, byte for byte: the example of docs/key-layout.md. Data of an older version must stay readable, so a
/// change here is a change of the format.
/// </summary>
public sealed class GoldenPayloadTests
{
    // One store refuses two models of one name.
    private static RoundTripCountingKeyValueStore OtherProcess(IKeyValueStore store) => new(store, ownsInner: false);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_key_of_a_written_entity_is_what_it_was_in_the_first_version()
    {
        await using var store = new InMemoryKeyValueStore();
        var shop = store.Keyspace("shop");
        var members = shop.Repository<Golden, GoldenModel>(new GoldenModel());
        var inserted = await members.InsertAsync(
            new Golden("u123", "ada@example.com", "new", ["red", "green", "a,b"], 36, DateTimeOffset.UnixEpoch.AddDays(1)), Cancellation);
        await members.UpdateAsync(inserted with { Status = "active" }, Cancellation);

        Assert.Equal(
            [
                "{shop}:idx:user Hash #=r m:|#age=r r:age=n|#created=r r:created=m|#email=r u:email|#label=r T:label|#status=r t:status|lNt=u:email|t:status|T:label|r:age|r:created",
                "{shop}:idx:user:age SortedSet u123=36",
                "{shop}:idx:user:created SortedSet u123=86400000",
                "{shop}:idx:user:email Hash ada@example.com=u123",
                "{shop}:idx:user:label:a%2Cb Set u123",
                "{shop}:idx:user:label:green Set u123",
                "{shop}:idx:user:label:red Set u123",
                "{shop}:idx:user:status:active Set u123",
                "{shop}:memo:user:3232 Hash u123=lNt2:ada@example.com:active:a%2Cb,green,red",
                """{shop}:user:u123 String {"Id":"u123","Email":"ada@example.com","Status":"active","Labels":["red","green","a,b"],"Age":36,"Created":"1970-01-02T00:00:00+00:00","Version":2}""",
            ],
            await StoreContents.ReadAsync(store, "{shop}", Cancellation));
    }

    [Fact]
    public async Task What_the_first_version_wrote_is_read_changed_and_deleted()
    {
        await using var store = new InMemoryKeyValueStore();
        await store.SetAsync(
            "{shop}:user:u123",
            """{"Id":"u123","Email":"ada@example.com","Status":"active","Labels":["red","a,b"],"Age":36,"Created":"1970-01-02T00:00:00+00:00","Version":2}""",
            Cancellation);
        await store.SendAsync(Hashes.Set("{shop}:idx:user", "lNt", "u:email|t:status|T:label|r:age|r:created"), Cancellation);
        await store.SendAsync(Hashes.Set("{shop}:memo:user:3232", "u123", "lNt2:ada@example.com:active:a%2Cb,red"), Cancellation);
        await store.SendAsync(Hashes.Set("{shop}:idx:user:email", "ada@example.com", "u123"), Cancellation);
        await store.SendAsync(SortedSets.Add("{shop}:idx:user:age", "u123", 36), Cancellation);
        await store.SendAsync(SortedSets.Add("{shop}:idx:user:created", "u123", 86_400_000), Cancellation);
        foreach (var key in new[] { "status:active", "label:red", "label:a%2Cb" })
        {
            await store.SendAsync(Sets.Add("{shop}:idx:user:" + key, "u123"), Cancellation);
        }

        var members = store.Keyspace("shop").Repository<Golden, GoldenModel>(new GoldenModel());
        Assert.True((await members.VerifyAsync(Cancellation)).IsClean);
        var ada = await members.FindAsync(m => m.ByEmail, "ada@example.com", Cancellation);
        Assert.Equal(2, ada!.Version);

        Assert.Equal(3, (await members.UpdateAsync(ada with { Labels = ["blue"] }, Cancellation)).Version);
        Assert.True(await members.DeleteAsync("u123", cancellationToken: Cancellation));

        // The catalogue stays: other entities may have memos of that shape.
        Assert.Equal(["{shop}:idx:user Hash #=r m:|#age=r r:age=n|#created=r r:created=m|#email=r u:email|#label=r T:label|#status=r t:status|lNt=u:email|t:status|T:label|r:age|r:created"], await StoreContents.ReadAsync(store, "{shop}", Cancellation));
    }

    [Fact]
    public async Task An_entity_whose_memo_is_of_another_shape_loses_the_entries_that_the_catalogue_names()
    {
        await using var store = new InMemoryKeyValueStore();
        var old = await store.Keyspace("shop").Repository<Golden, GoldenModel>(new GoldenModel())
            .InsertAsync(new Golden("u123", "ada@example.com", "active", ["red"], 36, DateTimeOffset.UnixEpoch), Cancellation);

        var bare = OtherProcess(store).Keyspace("shop").Repository<Golden, BareModel>(new BareModel());
        await bare.UpdateAsync(old, Cancellation);

        Assert.Equal(
            ["{shop}:idx:user", "{shop}:memo:user:3232", "{shop}:meta:user:pending", "{shop}:user:u123"],
            (await StoreContents.ReadAsync(store, "{shop}", Cancellation)).Select(line => line.Split(' ')[0]));
    }

    [Fact]
    public async Task Two_shapes_with_one_stamp_are_found_out_when_the_second_is_registered()
    {
        await using var store = new InMemoryKeyValueStore();
        var ada = new Golden("u123", "ada@example.com", "active", [], 36, DateTimeOffset.UnixEpoch);
        await store.Keyspace("shop").Repository<Golden, OneTagModel>(new OneTagModel("a1589")).InsertAsync(ada, Cancellation);
        var before = await StoreContents.ReadAsync(store, "{shop}", Cancellation);

        var other = OtherProcess(store).Keyspace("shop").Repository<Golden, OneTagModel>(new OneTagModel("a4216"));
        var error = await Assert.ThrowsAsync<StoreException>(async () => await other.InsertAsync(ada with { Id = "u124" }, Cancellation));

        Assert.Contains("stamp", error.Message, StringComparison.Ordinal);
        Assert.Equal(before, await StoreContents.ReadAsync(store, "{shop}", Cancellation));
    }
}

public sealed record Golden(string Id, string Email, string Status, IReadOnlyList<string> Labels, int Age, DateTimeOffset Created, long Version = 0);

public sealed class GoldenModel : EntityModel<Golden>
{
    public GoldenModel()
        : base("user", g => g.Id, GoldenJson.Default.Golden)
    {
        Version(g => g.Version, (g, version) => g with { Version = version });
        ByEmail = Unique("email", g => g.Email);
        Tag("status", g => g.Status);
        Tags("label", g => g.Labels);
        Range("age", g => g.Age);
        Range("created", g => g.Created);
    }

    public UniqueIndex<Golden, string> ByEmail { get; }
}

public sealed class BareModel : EntityModel<Golden>
{
    public BareModel()
        : base("user", g => g.Id, GoldenJson.Default.Golden) => Version(g => g.Version, (g, version) => g with { Version = version });
}

public sealed class OneTagModel : EntityModel<Golden>
{
    public OneTagModel(string index)
        : base("user", g => g.Id, GoldenJson.Default.Golden) => Tag(index, g => g.Status);
}

[JsonSerializable(typeof(Golden))]
public sealed partial class GoldenJson : JsonSerializerContext;
