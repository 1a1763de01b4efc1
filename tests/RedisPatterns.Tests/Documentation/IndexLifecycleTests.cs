using RedisPatterns.Commands;
using RedisPatterns.InMemory;
using RedisPatterns.Testing;

namespace RedisPatterns.Tests.Documentation;

/// <summary>The code of docs/patterns/index-lifecycle.md.</summary>
public sealed class IndexLifecycleTests
{
    private static readonly User Ada = new("u1", "ada@example.com", "Oslo", 36);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_index_that_was_declared_later_is_built_and_what_has_drifted_is_mended()
    {
        await using var store = new InMemoryKeyValueStore();
        await using var other = new RoundTripCountingKeyValueStore(store, ownsInner: false);
        var shop = other.Keyspace("shop");
        await shop.Repository<User, OlderUserModel>(new OlderUserModel()).InsertAsync(Ada, Cancellation);
        await store.SendAsync(Sets.Add($"{shop.Tag}:idx:user:city:Oslo", (StoreValue)"ghost"), Cancellation);
        var users = store.Keyspace("shop").Repository<User, UserModel>(new UserModel());

        var (told, isReady, isMended) = await IndexLifecycleSnippet.RunAsync(users, TimeSpan.Zero);

        Assert.Equal(["email: Building", "city: Ready", "age: Building", "1 of 1 were put in", "city: ExtraEntry of ghost"], told);
        Assert.Equal((true, true), (isReady, isMended));
        Assert.Equal(Ada.Id, (await users.FindAsync(m => m.ByEmail, Ada.Email, Cancellation))!.Id);
    }

    private sealed class OlderUserModel : EntityModel<User>
    {
        public OlderUserModel()
            : base("user", u => u.Id, ShopJson.Default.User)
        {
            Version(u => u.Version, (u, version) => u with { Version = version });
            _ = Tag("city", u => u.City);
        }
    }
}
