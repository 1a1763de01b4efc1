using RedisPatterns.InMemory;
using RedisPatterns.Testing;

namespace RedisPatterns.Tests.Documentation;

/// <summary>The code of the pages about layouts and patches, and that it does what they say in every layout.</summary>
public sealed class AccountTests : IAsyncDisposable
{
    private static readonly Account Ada = new("u1", "Ada@example.com", "London", 7, 10.25m, "vip", ["red"]);

    private readonly InMemoryKeyValueStore _inner = new();
    private readonly RoundTripCountingKeyValueStore _store;

    public AccountTests() => _store = new RoundTripCountingKeyValueStore(_inner);

    public static TheoryData<EntityLayout> Layouts => [EntityLayout.Document(), EntityLayout.Hash, EntityLayout.Attributes, EntityLayout.Chunked()];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(Layouts))]
    public async Task A_patch_changes_fields_and_what_is_indexed_over_them(EntityLayout layout)
    {
        var accounts = await FilledAsync(layout);
        var cancellationToken = Cancellation;

        // snippet: patch-verbs
        var version = await accounts.PatchAsync("u1", p => p
            .Set(m => m.City, "Lima")
            .Increment(m => m.Logins, 1)
            .Increment(m => m.Balance, -0.30m)
            .Append(m => m.Badges, "gold", "early")
            .Remove(m => m.Badges, "red"), cancellationToken);

        // Only if nobody has written since: else VersionConflictException.
        await accounts.PatchAsync("u1", p => p.Unset(m => m.Note).WhenVersion(version), cancellationToken);

        // end-snippet
        Assert.Equal(2, version);
        var ada = await accounts.GetAsync("u1", cancellationToken);
        Assert.Equal(["gold", "early"], ada!.Badges);
        Assert.Equal(Ada with { City = "Lima", Logins = 8, Balance = 9.95m, Note = null, Badges = ada.Badges, Version = 3 }, ada);
        Assert.Equal(["u1"], await accounts.Query(m => m.ByCity.Is("Lima") & m.ByBadge.Is("gold") & m.ByLogins.Is(8)).ToIdsAsync(cancellationToken));
        Assert.Equal(0, await accounts.Query(m => m.ByCity.Is("London") | m.ByBadge.Is("red")).CountAsync(cancellationToken));
        await Assert.ThrowsAsync<VersionConflictException>(async () => await accounts.PatchAsync("u1", p => p.Set(m => m.City, "Rome").WhenVersion(1), cancellationToken));
        await Assert.ThrowsAsync<EntityNotFoundException>(async () => await accounts.PatchAsync("u2", p => p.Set(m => m.City, "Rome"), cancellationToken));
        Assert.True((await accounts.VerifyAsync(cancellationToken)).IsClean);
    }

    [Theory]
    [MemberData(nameof(Layouts))]
    public async Task Some_fields_are_read(EntityLayout layout)
    {
        var accounts = await FilledAsync(layout);
        var cancellationToken = Cancellation;

        // snippet: patch-fields
        var fields = await accounts.GetFieldsAsync("u1", m => [m.City, m.Logins], cancellationToken);
        var (city, logins) = (fields?.Get(accounts.Model.City), fields?.Get(accounts.Model.Logins));

        // end-snippet
        Assert.Equal(("London", 7), (city, logins));
        Assert.Null(await accounts.GetFieldsAsync("u2", m => [m.City], cancellationToken));
    }

    /// <summary>The table of round trips of docs/patterns/layouts.md.</summary>
    [Theory]
    [InlineData("Document", 1, 1, 2, 1, 1, 1, 1)]
    [InlineData("Hash", 1, 1, 1, 1, 1, 1, 1)]
    [InlineData("Attributes", 1, 1, 1, 1, 1, 1, 1)]
    [InlineData("Chunked", 2, 1, 3, 1, 1, 1, 1)]
    public async Task Each_layout_takes_its_round_trips(string name, int update, int get, int patch, int find, int fields, int delete, int query)
    {
        var accounts = await FilledAsync(Layouts.Select(row => row.Data).Single(layout => layout.ToString() == name));
        var ada = await accounts.GetAsync("u1", Cancellation);
        async Task Takes(int roundTrips, Func<Task> operation)
        {
            var before = _store.RoundTrips;
            await operation();
            Assert.Equal(roundTrips, _store.RoundTrips - before);
        }

        await Takes(update, async () => await accounts.UpdateAsync(ada! with { City = "Oslo" }, Cancellation));
        await Takes(get, async () => await accounts.GetAsync("u1", Cancellation));
        await Takes(patch, async () => await accounts.PatchAsync("u1", p => p.Set(m => m.City, "Rome").Increment(m => m.Logins, 1), Cancellation));
        await Takes(find, async () => Assert.NotNull(await accounts.FindAsync(m => m.ByEmail, "ada@example.com", Cancellation)));
        await Takes(fields, async () => await accounts.GetFieldsAsync("u1", m => [m.City], Cancellation));
        await Takes(query, async () => Assert.Single(await accounts.Query(m => m.ByCity.Is("Rome")).ToListAsync(Cancellation)));
        await Takes(1, async () => await accounts.ExistsAsync("u1", Cancellation));
        await Takes(delete, async () => await accounts.DeleteAsync("u1", cancellationToken: Cancellation));
    }

    [Fact]
    public async Task What_lies_in_the_store()
    {
        await FilledAsync(EntityLayout.Hash);
        Assert.Equal("London", (await _store.HashGetAsync("{shop}:account:u1", "city", Cancellation)).AsText());
        Assert.Equal("""["red"]""", (await _store.HashGetAsync("{shop}:account:u1", "badges", Cancellation)).AsText());
    }

    [Fact]
    public async Task What_lies_in_the_store_under_keys_of_its_own()
    {
        await FilledAsync(EntityLayout.Attributes);
        Assert.Equal("1:id,email,city,logins,balance,note,badges,version", (await _store.GetAsync("{shop}:account:u1", Cancellation)).AsText());
        Assert.Equal("London", (await _store.GetAsync("{shop}:account:u1:city", Cancellation)).AsText());
    }

    [Fact]
    public async Task A_patch_keeps_members_of_a_document_that_the_type_does_not_know_and_an_update_does_not()
    {
        var accounts = await FilledAsync(EntityLayout.Document());
        var stored = (await _store.GetAsync("{shop}:account:u1", Cancellation)).AsText()!;
        await _store.SetAsync("{shop}:account:u1", stored[..^1] + ",\"later\":[1.50]}", Cancellation);
        await accounts.PatchAsync("u1", p => p.Set(m => m.City, "Lima"), Cancellation);
        Assert.EndsWith(",\"later\":[1.50]}", (await _store.GetAsync("{shop}:account:u1", Cancellation)).AsText(), StringComparison.Ordinal);
        await accounts.UpsertAsync(Ada, Cancellation);
        Assert.DoesNotContain("later", (await _store.GetAsync("{shop}:account:u1", Cancellation)).AsText(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_patch_keeps_fields_that_the_type_does_not_know_and_an_update_does_not()
    {
        var accounts = await FilledAsync(EntityLayout.Hash);
        await _store.HashSetAsync("{shop}:account:u1", "later", "[1.50]", cancellationToken: Cancellation);
        await accounts.PatchAsync("u1", p => p.Set(m => m.City, "Lima"), Cancellation);
        Assert.Equal("[1.50]", (await _store.HashGetAsync("{shop}:account:u1", "later", Cancellation)).AsText());
        await accounts.UpsertAsync(Ada, Cancellation);
        Assert.True((await _store.HashGetAsync("{shop}:account:u1", "later", Cancellation)).IsNull);
    }

    public ValueTask DisposeAsync() => _inner.DisposeAsync();

    private async Task<Repository<Account, AccountModel>> FilledAsync(EntityLayout layout)
    {
        var accounts = _store.Keyspace("shop").Repository<Account, AccountModel>(new AccountModel(layout));
        await accounts.InsertAsync(Ada, Cancellation);
        return accounts;
    }
}
