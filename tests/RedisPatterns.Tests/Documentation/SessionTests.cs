using RedisPatterns.Commands;
using RedisPatterns.InMemory;
using RedisPatterns.Testing;

namespace RedisPatterns.Tests.Documentation;

/// <summary>The code of the page about expiry, and that it does what it says.</summary>
public sealed class SessionTests : IAsyncDisposable
{
    private readonly ManualTimeProvider _clock = new();
    private readonly InMemoryKeyValueStore _store;
    private readonly Repository<Session, SessionModel> _sessions;

    public SessionTests()
    {
        _store = new InMemoryKeyValueStore(_clock);
        _sessions = _store.Keyspace("shop").Repository<Session, SessionModel>(new SessionModel());
    }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_session_lives_while_it_is_used()
    {
        var cancellationToken = Cancellation;
        var sessions = _sessions;
        await sessions.InsertAsync(new Session("s1", "ada", 1, "/"), cancellationToken);
        for (var i = 0; i < 3; i++)
        {
            _clock.Advance(TimeSpan.FromMinutes(15));

            // snippet: expiry-patch
            // Two fields, and 20 minutes more, without the session being read: one round trip.
            await sessions.PatchAsync("s1", p => p.Increment(m => m.Hits, 1).Set(m => m.Page, "/cart"), cancellationToken);

            // end-snippet
            _clock.Advance(TimeSpan.FromMinutes(15));
            Assert.NotNull(await _sessions.GetAsync("s1", cancellationToken));
        }

        _clock.Advance(TimeSpan.FromMinutes(15));
        Assert.True(await _sessions.ExistsAsync("s1", cancellationToken));
        Assert.Single(await _sessions.Query(m => m.ByUser.Is("ada")).ToListAsync(cancellationToken));
        _clock.Advance(TimeSpan.FromMinutes(6));
        Assert.False(await _sessions.ExistsAsync("s1", cancellationToken));
    }

    [Fact]
    public async Task An_end_is_given_changed_asked_for_and_taken_away()
    {
        var sessions = _sessions;
        var session = new Session("s1", "ada", 1, "/");
        var cancellationToken = Cancellation;

        // snippet: expiry-verbs
        // For this one another end than the model's rule.
        session = await sessions.InsertAsync(session, Expiry.After(TimeSpan.FromHours(8)), cancellationToken);

        var found = await sessions.SetExpiryAsync("s1", Expiry.After(TimeSpan.FromHours(1)), cancellationToken);
        var end = await sessions.GetExpiryAsync("s1", cancellationToken);

        // Along with other changes, in the same step. A session without an end stays without one when it is read.
        await sessions.PatchAsync("s1", p => p.Set(m => m.Page, "/pay").Expire(Expiry.Persist), cancellationToken);

        // end-snippet
        Assert.True(found);
        Assert.Equal(_clock.GetUtcNow() + TimeSpan.FromHours(1), end.Moment);
        Assert.Equal(new ExpireTime(true, null), await sessions.GetExpiryAsync("s1", cancellationToken));
        await sessions.GetAsync("s1", cancellationToken);
        await sessions.UpdateAsync(session, cancellationToken);
        Assert.Equal(new ExpireTime(true, null), await sessions.GetExpiryAsync("s1", cancellationToken));
        Assert.False(await sessions.SetExpiryAsync("none", Expiry.Persist, cancellationToken));
    }

    [Fact]
    public async Task What_expired_is_not_seen_and_then_swept()
    {
        var sessions = _sessions;
        var cancellationToken = Cancellation;
        await sessions.InsertManyAsync([.. Enumerable.Range(0, 600).Select(i => new Session($"s{i}", "ada", i, null))], cancellationToken: cancellationToken);
        _clock.Advance(TimeSpan.FromMinutes(20));
        Assert.Equal(0, await sessions.Query(m => m.ByUser.Is("ada")).CountAsync(cancellationToken));
        Assert.Equal(600, await _store.SetLengthAsync("{shop}:idx:session:user:ada", cancellationToken));
        Assert.Equal(600, await _store.SortedSetLengthAsync("{shop}:exp:session", cancellationToken));
        Assert.True((await sessions.VerifyAsync(cancellationToken)).IsClean);

        // snippet: expiry-sweep
        // In a background task, every few seconds; 250 in each call of the server.
        var removed = await sessions.SweepAsync(limit: 10_000, cancellationToken);

        // end-snippet
        Assert.Equal(600, removed);
        var line = Assert.Single(await StoreContents.ReadAsync(_store, "{shop}", cancellationToken));
        Assert.Contains("{shop}:idx:session", line, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_write_sweeps_two()
    {
        await _sessions.InsertManyAsync([.. Enumerable.Range(0, 10).Select(i => new Session($"s{i}", "ada", i, null))], cancellationToken: Cancellation);
        _clock.Advance(TimeSpan.FromMinutes(20));
        await _sessions.InsertAsync(new Session("new", "bob", 1, null), Cancellation);
        Assert.Equal(8, await _store.SetLengthAsync("{shop}:idx:session:user:ada", Cancellation));
        await _sessions.DeleteAsync("new", cancellationToken: Cancellation);
        Assert.Equal(6, await _store.SetLengthAsync("{shop}:idx:session:user:ada", Cancellation));
    }

    public ValueTask DisposeAsync() => _store.DisposeAsync();
}
