using RedisPatterns.Commands;
using RedisPatterns.Tests.Entities;
using RedisPatterns.TestServers;

namespace RedisPatterns.StackExchangeRedis.Tests;

/// <summary>The batch script on another implementation of Lua and of the commands.</summary>
public sealed class GarnetTests : IAsyncLifetime
{
    private TestServer _server = null!;
    private RedisKeyValueStore _store = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        try
        {
            _server = await TestServer.StartGarnetAsync(cancellationToken: Cancellation);
        }
        catch (TestServerUnavailableException e)
        {
            Assert.Skip(e.Message);
        }

        _store = await RedisKeyValueStore.ConnectAsync(_server.ConnectionString, cancellationToken: Cancellation);
    }

    public async ValueTask DisposeAsync()
    {
        if (_store is not null)
        {
            await _store.DisposeAsync();
        }

        if (_server is not null)
        {
            await _server.DisposeAsync();
        }
    }

    [Fact]
    public void What_it_lacks_is_found_out()
    {
        Assert.Equal("garnet", _store.Capabilities.Server);
        Assert.True(_store.Capabilities.Has(StoreFeatures.Scripts | StoreFeatures.PubSub));
        Assert.False(_store.Capabilities.Has(StoreFeatures.Streams));
        Assert.False(_store.Capabilities.Has(StoreFeatures.Functions));
        Assert.False(_store.Capabilities.Has(StoreFeatures.Dump));
        Assert.False(_store.Capabilities.Has(StoreFeatures.UndeclaredScriptKeys));
        Assert.False(_store.Capabilities.Supports(CommandTable.XAdd));
        Assert.False(_store.Capabilities.Supports(CommandTable.Copy));
        Assert.True(_store.Capabilities.Supports(CommandTable.Get));
    }

    [Fact]
    public Task A_range_of_keys_is_refused() => OrderedKeys.AreRefusedAsync(_store, Cancellation);

    [Fact]
    public async Task Contents_in_parts_are_staged_with_an_expiry_and_read_without_the_script()
    {
        StoreKey key = "{shop}:doc:d1";
        var content = Chunked.Content(2_000_000);
        var manifest = await Chunked.StageAsync(_store, key, content, 300_000, cancellationToken: Cancellation);
        foreach (var part in Chunked.Parts(key, manifest))
        {
            Assert.True((await _store.SendAsync(Keys.TimeToLive(part), Cancellation)).Expires);
        }

        await Chunked.CommitAsync(_store, key, manifest, 1, TimeSpan.Zero, Cancellation);
        Assert.True((await ChunkReading.ReadAsync(_store, key, Cancellation))!.Value.Content.Span.SequenceEqual(content));
    }

    [Fact]
    public async Task Batches_are_committed_with_conditions_replies_and_memory()
    {
        for (var i = 0; i < 2; i++)
        {
            var batch = new AtomicBatch()
                .When(i == 0 ? BatchCondition.Absent("{g}s") : BatchCondition.Exists("{g}s"))
                .RememberAs("{g}once", TimeSpan.FromMinutes(1));
            var set = batch.Add(Strings.Set("{g}s", "v"));
            var counter = batch.Add(Strings.Increment("{g}n", 9007199254740993));
            var sum = batch.Add(Strings.IncrementFloat("{g}f", 1.5));
            var fields = batch.Add(Hashes.Set("{g}h", new HashEntry("f", "1"), new HashEntry("g", "2")));
            var all = batch.Add(Hashes.GetAll("{g}h"));
            var score = batch.Add(SortedSets.Increment("{g}z", "m", 2.5));
            var list = batch.Add(Lists.RightPush("{g}l", "a", "b"));
            var replaced = batch.Add(Lists.Set("{g}l2", 0, "x"));
            var nothing = batch.Add(Strings.Get("{g}none"));
            if (i == 0)
            {
                await _store.SendAsync(Lists.RightPush("{g}l2", "a"), Cancellation);
            }

            var result = await _store.CommitAsync(batch, Cancellation);

            Assert.Equal(i == 0 ? CommitStatus.Committed : CommitStatus.Replayed, result.Status);
            Assert.True(set.Value);
            Assert.Equal(9007199254740993, counter.Value);
            Assert.Equal(1.5, sum.Value);
            Assert.Equal(2, fields.Value);
            Assert.Equal(2, all.Value.Length);
            Assert.Equal(2.5, score.Value);
            Assert.Equal(2, list.Value);
            Assert.True(replaced.Value);
            Assert.True(nothing.Value.IsNull);
        }

        Assert.Equal(9007199254740993, (await _store.SendAsync(Strings.Get("{g}n"), Cancellation)).AsInt64());
    }

    [Fact]
    public async Task A_key_of_the_wrong_type_at_every_position_leaves_everything_as_it_was()
    {
        Func<string, StoreCommand>[] commands =
        [
            key => Strings.Append(key, "v"),
            key => Strings.Increment(key),
            key => Hashes.Set(key, "f", "v"),
            key => Lists.RightPush(key, "v"),
            key => SortedSets.Add(key, "m", 1),
            key => Hashes.Increment(key, "f", 1),
        ];
        for (var wrong = 0; wrong < commands.Length; wrong++)
        {
            var tag = $"{{w{wrong}}}";
            await _store.SendAsync(Sets.Add($"{tag}{wrong}", "member"), Cancellation);
            var batch = new AtomicBatch();
            for (var i = 0; i < commands.Length; i++)
            {
                batch.Add(commands[i]($"{tag}{i}"));
            }

            var result = await _store.CommitAsync(batch, Cancellation);

            Assert.Equal((CommitStatus.CommandFailed, wrong), (result.Status, result.Index));
            Assert.IsType<WrongTypeException>(result.Error);
            for (var i = 0; i < commands.Length; i++)
            {
                Assert.Equal(i == wrong, await _store.SendAsync(Keys.Exists($"{tag}{i}"), Cancellation));
            }
        }
    }

    [Fact]
    public async Task Overflow_and_what_is_no_number_are_found_before_the_first_write()
    {
        await _store.SendAsync(Strings.Set("{o}n", long.MaxValue - 1), Cancellation);
        await _store.SendAsync(Strings.Set("{o}t", "text"), Cancellation);
        async Task<StoreException?> CommitAsync(StoreCommand command)
        {
            var batch = new AtomicBatch();
            batch.Add(Sets.Add("{o}s", "m"));
            batch.Add(command);
            var result = await _store.CommitAsync(batch, Cancellation);
            Assert.Equal((CommitStatus.CommandFailed, 1), (result.Status, result.Index));
            Assert.False(await _store.SendAsync(Keys.Exists("{o}s"), Cancellation));
            return result.Error;
        }

        Assert.IsType<NumberOverflowException>(await CommitAsync(Strings.Increment("{o}n", 2)));
        Assert.IsType<InvalidNumberException>(await CommitAsync(Strings.Increment("{o}t")));
        Assert.IsType<InvalidNumberException>(await CommitAsync(Strings.IncrementFloat("{o}t", 1)));
        Assert.IsType<NoSuchKeyException>(await CommitAsync(Keys.Rename("{o}none", "{o}new")));
    }

    [Fact]
    public async Task A_batch_that_would_have_to_be_taken_back_is_refused_before_anything_is_sent()
    {
        var batch = new AtomicBatch();
        batch.Add(Lists.RightPush("{r}l", "a"));
        batch.Add(Lists.Set("{r}l", 5, "x"));
        await Assert.ThrowsAsync<UnsupportedCommandException>(async () => await _store.CommitAsync(batch, Cancellation));
        Assert.False(await _store.SendAsync(Keys.Exists("{r}l"), Cancellation));
        await Assert.ThrowsAsync<UnsupportedCommandException>(async () => await _store.SendAsync(Streams.Length("{r}x"), Cancellation));
    }

    [Fact]
    public async Task A_write_of_entities_looks_first_and_takes_two_round_trips()
    {
        await using var proxy = RoundTripProxy.Start(_server.Endpoints[0]);
        await using var store = await RedisKeyValueStore.ConnectAsync(proxy.ConnectionString, cancellationToken: Cancellation);
        var members = store.Keyspace("shop").Repository<Member, MemberModel>(new MemberModel());
        var ada = await members.InsertAsync(new Member("ada", "ada@x", "active", "London", 36), Cancellation);
        await members.FindAsync(m => m.ByEmail, "none", Cancellation);

        // The first use of a script, one for each mix of verbs, sends its text; a first write also registers the indexes.
        ada = await members.UpdateAsync(ada, Cancellation);
        await members.DeleteAsync("none", cancellationToken: Cancellation);
        var first = members.Keyspace.Change();
        var updated = first.Update(members, ada);
        first.Delete(members, "none");
        await first.CommitAsync(Cancellation);
        ada = updated.Value;

        Assert.Equal(2, (await proxy.CountAsync(async () => ada = await members.UpdateAsync(ada with { Status = "new" }, Cancellation))).RoundTrips);
        Assert.Equal(2, (await proxy.CountAsync(async () => await members.InsertAsync(ada with { Id = "bob", Email = "bob@x" }, Cancellation))).RoundTrips);
        Assert.Equal(2, (await proxy.CountAsync(async () =>
        {
            var change = members.Keyspace.Change();
            change.Update(members, ada with { City = "Paris" });
            change.Delete(members, "bob");
            await change.CommitAsync(Cancellation);
        })).RoundTrips);
        Assert.Equal(1, (await proxy.CountAsync(async () => await members.GetAsync("ada", Cancellation))).RoundTrips);
        Assert.Equal(1, (await proxy.CountAsync(async () => await members.FindAsync(m => m.ByEmail, "ada@x", Cancellation))).RoundTrips);
        Assert.Equal(2, (await proxy.CountAsync(async () => await members.DeleteAsync("ada", cancellationToken: Cancellation))).RoundTrips);
        Assert.Empty((await members.VerifyAsync(Cancellation)).Differences);
    }
}
