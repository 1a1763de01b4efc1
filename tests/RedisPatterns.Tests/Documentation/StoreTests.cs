using RedisPatterns.Commands;
using RedisPatterns.InMemory;
using RedisPatterns.Testing;

namespace RedisPatterns.Tests.Documentation;

/// <summary>The code of the pages about the store, and that it does what they say.</summary>
public sealed class StoreTests : IAsyncDisposable
{
    private readonly ManualTimeProvider _clock = new();
    private readonly InMemoryKeyValueStore _store;

    public StoreTests() => _store = new InMemoryKeyValueStore(_clock);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Everyday_calls()
    {
        var (store, cancellationToken) = ((IKeyValueStore)_store, Cancellation);

        // snippet: store-everyday
        await store.SetAsync("{shop}:greeting", "hello", cancellationToken);
        var greeting = await store.GetAsync("{shop}:greeting", cancellationToken);
        var visits = await store.IncrementAsync("{shop}:visits", 1, cancellationToken);

        // The same as values: made here, sent there, or kept, counted and printed.
        var command = Strings.Set("{shop}:session", "data", TimeSpan.FromMinutes(20), SetWhen.KeyAbsent);
        var isNew = await store.SendAsync(command, cancellationToken);

        // end-snippet
        Assert.Equal("hello", greeting);
        Assert.Equal(1, visits);
        Assert.True(isNew);
        Assert.Equal("SET {shop}:session ? ? ? ?", command.ToString());
    }

    [Fact]
    public async Task A_pipeline()
    {
        var (store, cancellationToken) = ((IKeyValueStore)_store, Cancellation);

        // snippet: store-pipeline
        var pipeline = new StorePipeline();
        var stock = pipeline.Add(Strings.Get("{shop}:stock"));
        var basket = pipeline.Add(Hashes.GetAll("{shop}:basket"));
        var added = pipeline.Add(Sets.Add("{shop}:seen", "p1"));
        await store.SendAsync(pipeline, cancellationToken);

        // Every command has its own outcome: Value throws if this one failed.
        var count = basket.Value.Length;

        // end-snippet
        Assert.True(stock.Value.IsNull);
        Assert.Equal(0, count);
        Assert.True(added.Value);
    }

    [Fact]
    public async Task A_range_of_keys()
    {
        var (store, cancellationToken) = ((IKeyValueStore)_store, Cancellation);

        // snippet: store-key-range
        await store.SetAsync("{meter-7}:1700000000", 20.5, cancellationToken);
        await store.SetAsync("{meter-7}:1700000060", 20.7, cancellationToken);
        await store.SetAsync("{meter-7}:1700000120", 20.6, cancellationToken);

        var first = await store.KeyRangeAsync("{meter-7}:1700000000", "{meter-7}:1700000120", limit: 1_000, cancellationToken: cancellationToken);
        var latest = await store.KeyRangeAsync("{meter-7}:", "{meter-7};", limit: 1, descending: true, cancellationToken);

        // end-snippet
        Assert.Equal([20.5, 20.7], first.Select(entry => entry.Value.AsDouble()));
        Assert.Equal(new KeyEntry("{meter-7}:1700000120", 20.6), Assert.Single(latest));
    }

    [Fact]
    public async Task A_batch()
    {
        var (store, cancellationToken) = ((IKeyValueStore)_store, Cancellation);
        await store.SetAsync("{bank}:alice", 100, cancellationToken);

        for (var i = 0; i < 2; i++)
        {
            // snippet: batch
            var batch = new AtomicBatch()
                .When(BatchCondition.NumberAtLeast("{bank}:alice", 30))
                .RememberAs("{bank}:idem:transfer-17", TimeSpan.FromHours(1));
            var left = batch.Add(Strings.Increment("{bank}:alice", -30));
            batch.Add(Strings.Increment("{bank}:bob", 30));
            batch.Add(Lists.RightPush("{bank}:log", "alice -> bob: 30"));

            var result = await store.CommitAsync(batch, cancellationToken);
            if (!result.IsCommitted)
            {
                // Which condition or command stood against it: result.Status, result.Index, result.Error.
            }

            // end-snippet
            Assert.Equal(i == 0 ? CommitStatus.Committed : CommitStatus.Replayed, result.Status);
            Assert.Equal(70, left.Value);
        }

        Assert.Equal("70", (await store.GetAsync("{bank}:alice", cancellationToken)).AsText());
        Assert.Equal("30", (await store.GetAsync("{bank}:bob", cancellationToken)).AsText());
    }

    [Fact]
    public async Task A_transaction()
    {
        var (store, cancellationToken) = ((IKeyValueStore)_store, Cancellation);
        await store.SetAsync("{bank}:alice", 100, cancellationToken);

        // snippet: transaction
        var result = await store.TransactAsync(
            async (transaction, cancellation) =>
            {
                var (alice, bob) = await transaction.ReadAsync(
                    Strings.Get("{bank}:alice"), Hashes.Get("{bank}:bob", "balance"), cancellation);
                if (alice.IsNull || alice.AsInt64() < 30)
                {
                    return false;
                }

                transaction.Add(Strings.Set("{bank}:alice", alice.AsInt64() - 30));
                transaction.Add(Hashes.Set("{bank}:bob", "balance", (bob.IsNull ? 0 : bob.AsInt64()) + 30));
                return true;
            },
            cancellationToken: cancellationToken);
        result.EnsureCommitted();
        Console.WriteLine($"{(result.Value ? "transferred" : "not enough")}, {result}");

        // end-snippet
        Assert.True(result.Value);
        Assert.Equal("70", (await store.GetAsync("{bank}:alice", cancellationToken)).AsText());
        Assert.Equal("30", (await store.SendAsync(Hashes.Get("{bank}:bob", "balance"), cancellationToken)).AsText());
    }

    [Fact]
    public async Task Numbers_stand_on_their_own()
    {
        var cancellationToken = Cancellation;
        var clock = new ManualTimeProvider();
        await using var store = new InMemoryKeyValueStore(clock);
        var (today, weekAgo) = (clock.GetUtcNow(), clock.GetUtcNow().AddDays(-6));

        // snippet: counters
        var shop = store.Keyspace("shop");
        var views = shop.Counter("views", Period.Day, keep: TimeSpan.FromDays(90), clock);
        await views.Current.IncrementAsync("home", cancellationToken: cancellationToken);
        var week = await views.GetAsync("home", weekAgo, today, cancellationToken);

        var visitors = shop.DistinctCounter("visitors", Period.Day, keep: TimeSpan.FromDays(90), clock);
        await visitors.Current.AddAsync("home", ["alice"], cancellationToken);
        var different = await visitors.CountAsync("home", weekAgo, today, cancellationToken);

        var scores = shop.Leaderboard("scores", Period.Week, keep: TimeSpan.FromDays(30), timeProvider: clock);
        await scores.Current.AddAsync("alice", 250, cancellationToken);
        var top = await scores.Current.TopAsync(10, withTies: true, cancellationToken: cancellationToken);
        var alice = await scores.Current.AroundAsync("alice", 2, cancellationToken);
        // end-snippet

        Assert.Equal([0, 0, 0, 0, 0, 0, 1], week.Select(day => day.Value));
        Assert.Equal(1, different);
        Assert.Equal([new("alice", 250, 1)], top);
        Assert.Equal(top, alice);
    }

    [Fact]
    public async Task A_lock_guards_what_is_written_under_it()
    {
        var cancellationToken = Cancellation;
        await using var store = new InMemoryKeyValueStore();
        var users = store.Keyspace("shop").Repository<User, UserModel>(new UserModel());
        var ada = new User("u1", "ada@example.com", "London", 36);

        // snippet: lock
        var imports = store.Keyspace("shop").Lock("import");
        await using (var lease = await imports.AcquireAsync("nightly", cancellationToken))
        {
            // Refused, with nothing written, if this process was overtaken meanwhile.
            await users.GuardedBy(lease).InsertAsync(ada, cancellationToken);

            // For a system outside: it must refuse a number less than it has seen.
            Console.WriteLine($"import {lease.FencingToken}");
        }

        var busy = await imports.TryAcquireAsync("nightly", wait: TimeSpan.FromSeconds(5), cancellationToken) is null;
        // end-snippet

        Assert.False(busy);
        Assert.True(await users.ExistsAsync("u1", cancellationToken));
    }

    [Fact]
    public async Task Semaphores_readers_and_writers_and_a_leader()
    {
        await using var store = new InMemoryKeyValueStore();
        var shop = store.Keyspace("shop");
        var users = shop.Repository<User, UserModel>(new UserModel());
        var ada = new User("u1", "ada@example.com", "London", 36);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        var cancellationToken = stop.Token;

        // snippet: coordination
        // At most three exports at once, whichever process runs them.
        await using (await shop.Semaphore("exports", permits: 3).AcquireAsync("large", cancellationToken))
        {
        }

        // Many read, or one writes.
        var catalogue = shop.ReadWriteLock("catalogue");
        await using (await catalogue.AcquireReadAsync("eu", cancellationToken))
        {
        }

        await using (var writing = await catalogue.AcquireWriteAsync("eu", cancellationToken))
        {
            await users.GuardedBy(writing).UpsertAsync(ada, cancellationToken);
        }

        // One of several instances leads, until it ends or is overtaken.
        var scheduler = shop.Election("scheduler", candidate: "node-3");
        var running = scheduler.RunAsync(
            async (term, termToken) =>
            {
                await users.GuardedBy(term).UpsertAsync(ada with { Age = 37 }, termToken);
                await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, termToken);
            },
            cancellationToken);

        var leader = await scheduler.GetLeaderAsync(cancellationToken);
        // end-snippet

        Assert.Equal("node-3", leader);
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running);
        Assert.Equal(37, (await users.GetAsync("u1", Cancellation))!.Age);
    }

    [Fact]
    public async Task Once_however_often_it_is_asked_for()
    {
        var cancellationToken = Cancellation;
        await using var inner = new InMemoryKeyValueStore();
        var (requestId, order, body) = ("4711", new Order("o1", "shoe", 2), "{}"u8.ToArray());

        // snippet: idempotency
        // Sends again what got no answer, where that does no harm.
        await using var store = new RetryingKeyValueStore(inner);
        var shop = store.Keyspace("shop");
        var orders = shop.Repository<Order, OrderModel>(new OrderModel());

        // A change that may be committed again.
        var change = shop.Change().RememberAs(requestId, TimeSpan.FromDays(1));
        change.Insert(orders, order);
        await change.CommitAsync(cancellationToken);

        // An operation that runs once, and gives its first result to all who ask by the same id.
        var payments = shop.Idempotency("payments", CatalogueJson.Default.Order);
        var paid = await payments.RunAsync(
            requestId,
            async (run, token) =>
            {
                var receipt = order with { Version = 1 };
                var batch = new AtomicBatch();
                batch.Add(Strings.Increment("{shop}:paid", 19));

                // The effect and the result, in one step.
                (await store.CommitAsync(run.Complete(batch, receipt), token)).EnsureCommitted();
                return receipt;
            },
            request: body,
            cancellationToken);
        // end-snippet

        Assert.Equal(new(order with { Version = 1 }, true), paid);
        Assert.Equal(new(order with { Version = 1 }, false), await payments.FindAsync(requestId, cancellationToken));
        Assert.Equal("19", await inner.SendAsync(Strings.Get("{shop}:paid"), cancellationToken));
    }

    [Fact]
    public async Task A_rate_limiter()
    {
        var (store, cancellationToken) = ((IKeyValueStore)_store, Cancellation);

        // snippet: rate-limit
        var limiter = store.Keyspace("shop").RateLimiter(
            "api",
            RateLimitRule.TokenBucket(permits: 10, TimeSpan.FromSeconds(1), burst: 20),
            RateLimitRule.FixedWindow(permits: 1_000, TimeSpan.FromHours(1)));

        var decision = await limiter.AcquireAsync("alice", cancellationToken: cancellationToken);
        if (!decision.IsAllowed)
        {
            Console.WriteLine($"Come again in {decision.RetryAfter}.");
        }

        // end-snippet
        Assert.Equal(new RateLimitDecision(true, 19, TimeSpan.Zero, null), decision);
    }

    [Fact]
    public async Task A_script()
    {
        var (store, cancellationToken) = ((IKeyValueStore)_store, Cancellation);

        // snippet: script-call
        var take = new TakeToken("{api}:tokens:alice", Limit: 10, Period: TimeSpan.FromMinutes(1));
        var left = await store.EvaluateAsync(TakeToken.Script.With(take), cancellationToken);

        // end-snippet
        Assert.Equal(9, left);
        for (var i = 8; i >= 0; i--)
        {
            Assert.Equal(i, await store.EvaluateAsync(TakeToken.Script.With(take), cancellationToken));
        }

        Assert.Equal(-1, await store.EvaluateAsync(TakeToken.Script.With(take), cancellationToken));
        _clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(9, await store.EvaluateAsync(TakeToken.Script.With(take), cancellationToken));
    }

    [Fact]
    public async Task A_library_of_functions()
    {
        var (store, cancellationToken) = ((IKeyValueStore)_store, Cancellation);
        await store.SetAsync("{bank}:alice", 100, cancellationToken);

        // snippet: functions-call
        var bank = BankFunctions.Instance;
        var isDone = await store.EvaluateAsync(bank.Transfer.With(new Transfer("{bank}:alice", "{bank}:bob", 30)), cancellationToken);
        var balance = await store.EvaluateAsync(bank.Balance.With("{bank}:bob"), cancellationToken);

        // end-snippet
        Assert.True(isDone);
        Assert.Equal(30, balance);
        Assert.False(await store.EvaluateAsync(bank.Transfer.With(new Transfer("{bank}:alice", "{bank}:bob", 71)), cancellationToken));

        // snippet: functions-load
        foreach (var load in await store.LoadAsync(BankFunctions.Instance, cancellationToken))
        {
            // Loaded, Replaced (and which version), Unchanged, NewerThere, or Unsupported.
            Console.WriteLine($"{load.Server}: {load.Outcome}");
        }

        foreach (var library in await store.ListFunctionsAsync(cancellationToken))
        {
            Console.WriteLine($"{library}: {string.Join(", ", library.Functions)}; missing on {library.MissingOn.Count}");
        }

        var servers = await store.UnloadAsync("bank", cancellationToken);

        // end-snippet
        Assert.Equal(0, servers);
    }

    [Fact]
    public async Task Chaos()
    {
        var cancellationToken = Cancellation;

        // snippet: testing-chaos
        var clock = new ManualTimeProvider();
        await using var store = new ChaosStore(
            new InMemoryKeyValueStore(clock),
            new ChaosOptions { Seed = 42, Rules = [new ChaosRule { Fault = ChaosFault.AfterEffect, AtCall = 2 }] });

        await store.SetAsync("{shop}:n", 1, cancellationToken);
        await Assert.ThrowsAsync<StoreTimeoutException>(async () => await store.IncrementAsync("{shop}:n", 1, cancellationToken));

        // The answer was lost, the effect was not.
        Assert.Equal(2, (await store.GetAsync("{shop}:n", cancellationToken)).AsInt64());

        // end-snippet
    }

    [Fact]
    public async Task Conformance()
    {
        var cancellationToken = Cancellation;

        // snippet: testing-conformance
        var fixture = new MyStoreFixture();
        foreach (var suite in ConformanceSuites.All)
        {
            foreach (var test in suite.Tests)
            {
                var outcome = await test.RunAsync(fixture, SendMode.Single, cancellationToken);

                // outcome.IsSkipped: the store lacks a capability, and outcome.SkipReason says which.
                // end-snippet
                Assert.False(outcome.IsSkipped && outcome.SkipReason is null);
            }

            if (suite is StringConformance)
            {
                return;
            }
        }
    }

    public ValueTask DisposeAsync() => _store.DisposeAsync();

    private sealed class MyStoreFixture : IStoreFixture
    {
        public string Name => "mine";

        public ValueTask<StoreLease> RentAsync(CancellationToken cancellationToken = default)
        {
            var clock = new ManualTimeProvider();
            return new(new StoreLease(new InMemoryKeyValueStore(clock), clock, disposesStore: true));
        }
    }
}
