using RedisPatterns.InMemory;
using RedisPatterns.Testing;

namespace RedisPatterns.Tests.RateLimits;

/// <summary>Limiters against plain lists of what was given when, with a clock that is moved.</summary>
public sealed class RateLimitTests : IAsyncDisposable
{
    private const int Operations = 3_000;
    private readonly ManualTimeProvider _clock = new();
    private readonly InMemoryKeyValueStore _store;

    public RateLimitTests() => _store = new InMemoryKeyValueStore(_clock);

    public static TheoryData<string, int> Draws => new(
        from rules in (string[])["fixed", "sliding", "bucket", "small bucket", "slow bucket", "all"] from seed in Enumerable.Range(1, 3) select (rules, seed));

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => _store.DisposeAsync();

    [Theory]
    [MemberData(nameof(Draws))]
    public async Task Every_decision_is_that_of_a_plain_model(string name, int seed)
    {
        var dice = new Random(seed);
        var rules = Rules(name);
        var limiter = _store.Keyspace("shop").RateLimiter("api", rules);
        RuleModel[] models = [.. rules.Select(rule => new RuleModel(rule))];
        var most = (int)rules.Min(rule => rule.Burst);
        var (allowed, refused) = (0, 0);
        for (var i = 0; i < Operations; i++)
        {
            _clock.Advance(TimeSpan.FromMilliseconds(dice.Next(3) == 0 ? dice.Next(400) : dice.Next(20)));
            var permits = dice.Next(Math.Min(most, 4) + 1);
            var now = (decimal)(_clock.GetUtcNow() - DateTimeOffset.UnixEpoch).Ticks / TimeSpan.TicksPerMillisecond;

            var decision = await limiter.AcquireAsync("alice", permits, Cancellation);

            var waits = Array.ConvertAll(models, model => model.WaitFor(Math.Max(permits, 1), now));
            var isAllowed = waits.Max() == 0;
            Assert.Equal(isAllowed, decision.IsAllowed);
            if (isAllowed)
            {
                Array.ForEach(models, model => model.Take(permits, now));
            }

            Assert.Equal(models.Min(model => model.Left(now)), decision.Remaining);
            Assert.Equal(isAllowed ? 0 : Math.Max(1, Math.Ceiling(waits.Max())), (decimal)decision.RetryAfter.TotalMilliseconds);
            Assert.Equal(isAllowed, decision.RefusedBy is null);
            (allowed, refused) = isAllowed ? (allowed + 1, refused) : (allowed, refused + 1);
        }

        Assert.True(allowed > Operations / 20 && refused > Operations / 20, $"{allowed} were allowed and {refused} refused.");
    }

    [Theory]
    [InlineData("fixed")]
    [InlineData("sliding")]
    [InlineData("bucket")]
    [InlineData("slow bucket")]
    [InlineData("all")]
    public async Task After_the_time_it_tells_the_same_is_allowed_and_not_before(string name)
    {
        var dice = new Random(7);
        var rules = Rules(name);
        var limiter = _store.Keyspace("shop").RateLimiter("api", rules);
        var most = (int)rules.Min(rule => rule.Burst);
        for (var i = 0; i < 200; i++)
        {
            var permits = 1 + dice.Next(most);
            var decision = await limiter.AcquireAsync("alice", permits, Cancellation);
            if (decision.IsAllowed)
            {
                _clock.Advance(TimeSpan.FromMilliseconds(dice.Next(10)));
                continue;
            }

            if (decision.RetryAfter > TimeSpan.FromMilliseconds(1))
            {
                _clock.Advance(decision.RetryAfter - TimeSpan.FromMilliseconds(1));
                Assert.False((await limiter.AcquireAsync("alice", permits, Cancellation)).IsAllowed);
                _clock.Advance(TimeSpan.FromMilliseconds(1));
            }
            else
            {
                _clock.Advance(decision.RetryAfter);
            }

            Assert.True((await limiter.AcquireAsync("alice", permits, Cancellation)).IsAllowed);
        }
    }

    [Fact]
    public async Task What_was_taken_expires()
    {
        var limiter = _store.Keyspace("shop").RateLimiter("api", Rules("all"));
        Assert.True((await limiter.AcquireAsync("alice", cancellationToken: Cancellation)).IsAllowed);
        Assert.Equal(3, await _store.ScanKeysAsync(cancellationToken: Cancellation).CountAsync(Cancellation));

        _clock.Advance(TimeSpan.FromSeconds(2));

        Assert.Equal(0, await _store.ScanKeysAsync(cancellationToken: Cancellation).CountAsync(Cancellation));
    }

    [Fact]
    public async Task Changed_permits_hold_at_once()
    {
        var keyspace = _store.Keyspace("shop");
        Assert.True((await keyspace.RateLimiter("api", RateLimitRule.FixedWindow(2, TimeSpan.FromMinutes(1))).AcquireAsync("alice", 2, Cancellation)).IsAllowed);

        Assert.Equal(3, (await keyspace.RateLimiter("api", RateLimitRule.FixedWindow(5, TimeSpan.FromMinutes(1))).AcquireAsync("alice", 0, Cancellation)).Remaining);
        Assert.Equal(0, (await keyspace.RateLimiter("api", RateLimitRule.FixedWindow(1, TimeSpan.FromMinutes(1))).AcquireAsync("alice", 0, Cancellation)).Remaining);
        Assert.Equal(5, (await keyspace.RateLimiter("api", RateLimitRule.FixedWindow(5, TimeSpan.FromMinutes(2))).AcquireAsync("alice", 0, Cancellation)).Remaining);
    }

    private static RateLimitRule[] Rules(string name)
    {
        var second = TimeSpan.FromSeconds(1);
        return name switch
        {
            "fixed" => [RateLimitRule.FixedWindow(20, second)],
            "sliding" => [RateLimitRule.SlidingWindow(20, second)],
            "bucket" => [RateLimitRule.TokenBucket(20, second)],
            "small bucket" => [RateLimitRule.TokenBucket(20, second, burst: 3)],
            "slow bucket" => [RateLimitRule.TokenBucket(7, second, burst: 12)],
            _ => [RateLimitRule.FixedWindow(25, second), RateLimitRule.SlidingWindow(18, second), RateLimitRule.TokenBucket(15, second, burst: 9)],
        };
    }

    // Times in milliseconds, exactly.
    private sealed class RuleModel(RateLimitRule rule)
    {
        private readonly List<decimal> _given = [];
        private readonly decimal _period = (decimal)rule.Period.TotalMilliseconds;
        private decimal _start;
        private decimal _level = rule.Burst;
        private decimal _levelAt;

        // What a bucket gives early, in permits.
        private decimal Early => 0.0001m + (0.00005m * Rate);

        private decimal Rate => rule.Permits / _period;

        public long Left(decimal now)
        {
            Settle(now);
            return rule.Kind == RateLimitKind.TokenBucket ? (long)Math.Floor(_level + Early) : Math.Max(0, rule.Permits - _given.Count);
        }

        public decimal WaitFor(int permits, decimal now)
        {
            Settle(now);
            var over = _given.Count + permits - (int)rule.Permits;
            return rule.Kind switch
            {
                RateLimitKind.TokenBucket => _level + Early >= permits ? 0 : (permits - _level - (Early / 2)) / Rate,
                _ when over <= 0 => 0,
                RateLimitKind.FixedWindow => _start + _period - now,
                _ => _given[over - 1] + _period - now,
            };
        }

        public void Take(int permits, decimal now)
        {
            if (_given.Count == 0)
            {
                _start = now;
            }

            _given.AddRange(Enumerable.Repeat(now, permits));
            _level -= permits;
        }

        private void Settle(decimal now)
        {
            if (rule.Kind == RateLimitKind.SlidingWindow)
            {
                _given.RemoveAll(moment => moment <= now - _period);
            }
            else if (_given.Count > 0 && now >= _start + _period)
            {
                _given.Clear();
            }

            _level = Math.Min(rule.Burst, _level + ((now - _levelAt) * Rate));
            _levelAt = now;
        }
    }
}
