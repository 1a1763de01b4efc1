using RedisPatterns.InMemory;

namespace RedisPatterns.StackExchangeRedis.Tests;

/// <summary>A model has as many indexes as its scripts can carry, and no more.</summary>
public sealed class ManyIndexesTests(RedisFixture fixture)
{
    private const int GreatestOfMemo = 30;
    private const int GreatestRanges = 32;

    private static readonly Member Ada = new("ada", "ada@x", "gold", "London", 36);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static TheoryData<string> Layouts => ["Document", "Hash", "Attributes", "Chunked"];

    [Theory]
    [MemberData(nameof(Layouts))]
    public async Task The_greatest_number_works_with_every_verb(string layout)
    {
        await using var store = await fixture.ConnectAsync();
        var members = store.Keyspace($"many-{layout}").Repository<Member, ManyModel>(new ManyModel(LayoutOf(layout), 10, 20, GreatestRanges));
        var ada = await members.InsertAsync(Ada, Cancellation);
        ada = await members.UpdateAsync(ada with { Age = 37, City = "Paris" }, Cancellation);
        ada = await members.UpsertAsync(ada with { Email = "a@x" }, Cancellation);
        Assert.Equal(4, await members.PatchAsync("ada", p => p.Set(m => m.City, "Rome"), Cancellation));
        var change = members.Keyspace.Change();
        change.Insert(members, Ada with { Id = "bob", Email = "bob@x" });
        change.Delete(members, "ada", 4);
        await change.CommitAsync(Cancellation);
        Assert.True((await members.VerifyAsync(Cancellation)).IsClean);
        Assert.Equal(["bob"], await members.Query().ToIdsAsync(Cancellation));
    }

    [Fact]
    public async Task More_are_refused_when_the_model_is_closed()
    {
        await using var store = new InMemoryKeyValueStore();
        Assert.Throws<ModelException>(() => store.Keyspace("k").Repository<Member, ManyModel>(new ManyModel(LayoutOf("Document"), 10, GreatestOfMemo - 9, 0)));
        Assert.Throws<ModelException>(() => store.Keyspace("k").Repository<Member, ManyModel>(new ManyModel(LayoutOf("Hash"), 0, 0, GreatestRanges + 1)));
    }

    private static EntityLayout LayoutOf(string name) => name switch
    {
        "Hash" => EntityLayout.Hash,
        "Attributes" => EntityLayout.Attributes,
        "Chunked" => EntityLayout.Chunked(),
        _ => EntityLayout.Document(),
    };

    private sealed class ManyModel : EntityModel<Member>
    {
        public ManyModel(EntityLayout layout, int uniques, int tags, int ranges)
            : base("member", member => member.Id, MemberJson.Default.Member)
        {
            StoreAs(layout);
            Version(member => member.Version, (member, version) => member with { Version = version });
            City = Field("City", member => member.City);
            for (var i = 0; i < uniques; i++)
            {
                Unique($"u{i}", member => member.Email);
            }

            for (var i = 0; i < tags; i++)
            {
                Tag($"t{i}", City);
            }

            for (var i = 0; i < ranges; i++)
            {
                Range($"r{i}", member => member.Age);
            }
        }

        public EntityField<Member, string> City { get; }
    }
}
