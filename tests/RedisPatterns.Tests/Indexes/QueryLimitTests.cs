using RedisPatterns.Commands;
using RedisPatterns.InMemory;
using RedisPatterns.Testing;
using RedisPatterns.Tests.Documentation;

namespace RedisPatterns.Tests.Indexes;

/// <summary>What queries leave alone, and what they refuse.</summary>
public sealed class QueryLimitTests : IAsyncDisposable
{
    private readonly ManualTimeProvider _clock = new();
    private readonly InMemoryKeyValueStore _store;

    public QueryLimitTests() => _store = new InMemoryKeyValueStore(_clock);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static TheoryData<EntityLayout> Layouts => [EntityLayout.Document(), EntityLayout.Hash, EntityLayout.Attributes, EntityLayout.Chunked()];

    [Theory]
    [MemberData(nameof(Layouts))]
    public async Task A_query_of_fields_puts_no_end_off(EntityLayout layout)
    {
        var sessions = _store.Keyspace("shop").Repository<Session, ListlessSessionModel>(new ListlessSessionModel(layout));
        await sessions.InsertAsync(new Session("s1", "ada", 1, "/"), Cancellation);
        var end = (await sessions.GetExpiryAsync("s1", Cancellation)).Moment;
        _clock.Advance(TimeSpan.FromMinutes(5));

        var read = await sessions.Query().Select(m => [m.User]).ToListAsync(Cancellation);

        Assert.Equal("ada", Assert.Single(read).Get(sessions.Model.User));
        Assert.Equal(end, (await sessions.GetExpiryAsync("s1", Cancellation)).Moment);
        Assert.NotNull(await sessions.GetFieldsAsync("s1", m => [m.User], Cancellation));
        Assert.True((await sessions.GetExpiryAsync("s1", Cancellation)).Moment > end);
    }

    [Fact]
    public void An_order_by_the_index_of_another_model_is_refused()
    {
        var cafes = _store.Keyspace("town").Repository<Cafe, CafeModel>(new CafeModel());
        var other = new CafeModel();
        Assert.Throws<ModelException>(() => cafes.Query().OrderBy(_ => other.ByOpened));
        Assert.Throws<ModelException>(() => cafes.Query().OrderByDescending(_ => other.ByName));
        Assert.Throws<ModelException>(() => cafes.Query().OrderByDistance(_ => other.ByPlace, new GeoPosition(0, 0)));
    }

    public ValueTask DisposeAsync() => _store.DisposeAsync();

    /// <summary>Without indexes and version: no list of its entities is kept.</summary>
    private sealed class ListlessSessionModel : EntityModel<Session>
    {
        public ListlessSessionModel(EntityLayout layout)
            : base("session", session => session.Id, SessionJson.Default.Session)
        {
            StoreAs(layout);
            ExpireAfterInactivity(TimeSpan.FromMinutes(20));
            User = Field("user", session => session.User);
        }

        public EntityField<Session, string> User { get; }
    }
}
