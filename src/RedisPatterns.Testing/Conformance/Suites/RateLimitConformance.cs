namespace RedisPatterns.Testing;

/// <summary>What every store with scripts promises about rate limiters.</summary>
public sealed class RateLimitConformance : ConformanceSuite
{
    private const StoreFeatures Needed = StoreFeatures.Scripts;
    private static readonly TimeSpan Long = TimeSpan.FromDays(1);
    private static readonly TimeSpan Short = TimeSpan.FromMilliseconds(60);

    /// <inheritdoc/>
    public override IReadOnlyList<ConformanceTest> Tests { get; } =
    [
        new(A_fixed_window_gives_so_many, Needed),
        new(A_sliding_window_gives_so_many, Needed),
        new(A_bucket_gives_what_it_holds, Needed),
        new(Permits_come_again, Needed),
        new(Several_rules_count_all_or_none, Needed),
        new(Nothing_is_taken_by_a_look, Needed),
        new(Subjects_and_limiters_are_apart, Needed),
        new(A_subject_can_be_forgotten, Needed),
        new(In_partitions_each_subject_has_its_own, Needed),
        new(What_can_never_be_given_is_refused_at_once, Needed),
        new(Many_at_once_get_no_more, Needed),
    ];

    private static Task A_fixed_window_gives_so_many(ConformanceContext c) => GivesSoManyAsync(c, RateLimitRule.FixedWindow(5, Long), Long);

    private static Task A_sliding_window_gives_so_many(ConformanceContext c) => GivesSoManyAsync(c, RateLimitRule.SlidingWindow(5, Long), Long);

    private static Task A_bucket_gives_what_it_holds(ConformanceContext c) => GivesSoManyAsync(c, RateLimitRule.TokenBucket(2, Long, burst: 5), Long / 2);

    private static async Task GivesSoManyAsync(ConformanceContext c, RateLimitRule rule, TimeSpan longest)
    {
        var limiter = c.Store.Keyspace(c.Tag).RateLimiter("api", rule);
        for (var i = 4; i >= 1; i -= 3)
        {
            var given = await limiter.AcquireAsync("alice", i == 4 ? 1 : 3, c.CancellationToken);
            Equal((true, (long)i, TimeSpan.Zero), (given.IsAllowed, given.Remaining, given.RetryAfter));
            Equal(null, given.RefusedBy);
        }

        var refused = await limiter.AcquireAsync("alice", 2, c.CancellationToken);
        Equal((false, 1L), (refused.IsAllowed, refused.Remaining));
        Equal(rule, refused.RefusedBy);
        var last = await limiter.AcquireAsync("alice", cancellationToken: c.CancellationToken);
        Equal((true, 0L), (last.IsAllowed, last.Remaining));
        var none = await limiter.AcquireAsync("alice", cancellationToken: c.CancellationToken);
        Equal((false, 0L), (none.IsAllowed, none.Remaining));
        True(none.RetryAfter > longest * 0.99 && none.RetryAfter <= longest, $"retry after {none.RetryAfter}, at most {longest}");
    }

    private static async Task In_partitions_each_subject_has_its_own(ConformanceContext c)
    {
        var keyspace = await c.Store.OpenPartitionedKeyspaceAsync(c.Tag, new PartitionedKeyspaceOptions { Partitions = 5 }, c.CancellationToken);
        var limiter = keyspace.RateLimiter("api", RateLimitRule.FixedWindow(2, Long), RateLimitRule.TokenBucket(3, Long));
        foreach (var subject in Enumerable.Range(0, 20).Select(number => $"user {number}"))
        {
            Equal([true, true, false], new[] { await AllowedAsync(), await AllowedAsync(), await AllowedAsync() });
            var key = Commands.Keys.Exists($"{keyspace.PartitionOf(subject).Tag}:limit:api:{subject}:f86400000");
            await c.Expect(key).AnswersAsync(true);
            async Task<bool> AllowedAsync() => (await limiter.AcquireAsync(subject, cancellationToken: c.CancellationToken)).IsAllowed;
        }

        True(await limiter.ResetAsync("user 7", c.CancellationToken));
        True((await limiter.AcquireAsync("user 7", cancellationToken: c.CancellationToken)).IsAllowed);
        await ThrowsAsync<ModelException>(() => Task.FromResult(keyspace.RateLimiter("a/b", RateLimitRule.FixedWindow(2, Long))));
    }

    private static async Task Permits_come_again(ConformanceContext c)
    {
        foreach (var rule in (RateLimitRule[])[RateLimitRule.FixedWindow(3, Short), RateLimitRule.SlidingWindow(3, Short), RateLimitRule.TokenBucket(3, Short)])
        {
            var limiter = c.Store.Keyspace(c.Tag).RateLimiter("api", rule);
            True((await limiter.AcquireAsync("alice", 3, c.CancellationToken)).IsAllowed);
            await c.UntilAsync(async () => (await limiter.AcquireAsync("alice", 3, c.CancellationToken)).IsAllowed, $"permits of a {rule.Kind} to come again");
        }
    }

    private static async Task Several_rules_count_all_or_none(ConformanceContext c)
    {
        RateLimitRule[] rules = [RateLimitRule.FixedWindow(10, Long), RateLimitRule.TokenBucket(2, Long, burst: 3), RateLimitRule.SlidingWindow(5, Long)];
        var limiter = c.Store.Keyspace(c.Tag).RateLimiter("api", rules);
        Equal(1, (await limiter.AcquireAsync("alice", 2, c.CancellationToken)).Remaining);
        for (var i = 0; i < 20; i++)
        {
            var refused = await limiter.AcquireAsync("alice", 2, c.CancellationToken);
            Equal((false, rules[1]), (refused.IsAllowed, refused.RefusedBy));
        }

        foreach (var (rule, left) in rules.Zip([8L, 1L, 3L]))
        {
            Equal(left, (await c.Store.Keyspace(c.Tag).RateLimiter("api", rule).AcquireAsync("alice", 0, c.CancellationToken)).Remaining, $"{rule.Kind}");
        }
    }

    private static async Task Nothing_is_taken_by_a_look(ConformanceContext c)
    {
        foreach (var rule in (RateLimitRule[])[RateLimitRule.FixedWindow(1, Long), RateLimitRule.SlidingWindow(1, Long), RateLimitRule.TokenBucket(1, Long)])
        {
            var limiter = c.Store.Keyspace(c.Tag).RateLimiter("api", rule);
            for (var i = 0; i < 3; i++)
            {
                Equal(new RateLimitDecision(true, 1, TimeSpan.Zero, null), await limiter.AcquireAsync("alice", 0, c.CancellationToken));
            }

            True((await limiter.AcquireAsync("alice", cancellationToken: c.CancellationToken)).IsAllowed);
            var look = await limiter.AcquireAsync("alice", 0, c.CancellationToken);
            Equal((false, 0L, rule), (look.IsAllowed, look.Remaining, look.RefusedBy));
            True(look.RetryAfter > TimeSpan.Zero);
        }
    }

    private static async Task Subjects_and_limiters_are_apart(ConformanceContext c)
    {
        var rule = RateLimitRule.FixedWindow(1, Long);
        var (api, login) = (c.Store.Keyspace(c.Tag).RateLimiter("api", rule), c.Store.Keyspace(c.Tag).RateLimiter("login", rule));
        foreach (var subject in (string[])["alice", "bob", "a:b", "{x}", "é\n"])
        {
            True((await api.AcquireAsync(subject, cancellationToken: c.CancellationToken)).IsAllowed);
            True((await login.AcquireAsync(subject, cancellationToken: c.CancellationToken)).IsAllowed);
            True(!(await api.AcquireAsync(subject, cancellationToken: c.CancellationToken)).IsAllowed);
        }
    }

    private static async Task A_subject_can_be_forgotten(ConformanceContext c)
    {
        var limiter = c.Store.Keyspace(c.Tag).RateLimiter("api", RateLimitRule.FixedWindow(1, Long), RateLimitRule.SlidingWindow(1, Long));
        Equal(false, await limiter.ResetAsync("alice", c.CancellationToken));
        True((await limiter.AcquireAsync("alice", cancellationToken: c.CancellationToken)).IsAllowed);
        Equal(true, await limiter.ResetAsync("alice", c.CancellationToken));
        True((await limiter.AcquireAsync("alice", cancellationToken: c.CancellationToken)).IsAllowed);
    }

    private static async Task What_can_never_be_given_is_refused_at_once(ConformanceContext c)
    {
        var keyspace = c.Store.Keyspace(c.Tag);
        var limiter = keyspace.RateLimiter("api", RateLimitRule.FixedWindow(10, Long), RateLimitRule.TokenBucket(10, Long, burst: 3));
        await ThrowsAsync<ArgumentOutOfRangeException>(async () => await limiter.AcquireAsync("alice", 4, c.CancellationToken));
        await ThrowsAsync<ArgumentOutOfRangeException>(async () => await limiter.AcquireAsync("alice", -1, c.CancellationToken));
        await ThrowsAsync<ArgumentException>(async () => await limiter.AcquireAsync("", 1, c.CancellationToken));
        await ThrowsAsync<ArgumentException>(() => Task.FromResult(keyspace.RateLimiter("api")));
        await ThrowsAsync<ArgumentException>(() => Task.FromResult(keyspace.RateLimiter("api", RateLimitRule.FixedWindow(1, Long), RateLimitRule.FixedWindow(2, Long))));
        await ThrowsAsync<ModelException>(() => Task.FromResult(keyspace.RateLimiter("a:b", RateLimitRule.FixedWindow(1, Long))));
        await ThrowsAsync<ArgumentOutOfRangeException>(() => Task.FromResult(RateLimitRule.FixedWindow(0, Long)));
        await ThrowsAsync<ArgumentOutOfRangeException>(() => Task.FromResult(RateLimitRule.SlidingWindow(RateLimitRule.MaximumSlidingPermits + 1, Long)));
        await ThrowsAsync<ArgumentOutOfRangeException>(() => Task.FromResult(RateLimitRule.TokenBucket(1, TimeSpan.Zero)));
        await ThrowsAsync<ArgumentOutOfRangeException>(() => Task.FromResult(RateLimitRule.TokenBucket(1, Long, burst: 0)));
        await ThrowsAsync<ArgumentOutOfRangeException>(() => Task.FromResult(RateLimitRule.TokenBucket(1, Long, burst: 3_661)));
    }

    private static async Task Many_at_once_get_no_more(ConformanceContext c)
    {
        foreach (var rule in (RateLimitRule[])[RateLimitRule.FixedWindow(20, Long), RateLimitRule.SlidingWindow(20, Long), RateLimitRule.TokenBucket(1, Long, burst: 20)])
        {
            var limiter = c.Store.Keyspace(c.Tag).RateLimiter("api", rule);
            var decisions = await Task.WhenAll(Enumerable.Range(0, 60).Select(_ => Task.Run(() => limiter.AcquireAsync("alice", cancellationToken: c.CancellationToken).AsTask())));
            Equal(20, decisions.Count(decision => decision.IsAllowed), $"{rule.Kind}");
            EqualInAnyOrder(Enumerable.Range(0, 20).Select(i => (long)i), decisions.Where(decision => decision.IsAllowed).Select(decision => decision.Remaining));
        }
    }
}
