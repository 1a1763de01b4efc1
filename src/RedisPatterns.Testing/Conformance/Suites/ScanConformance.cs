using RedisPatterns.Commands;

namespace RedisPatterns.Testing;

/// <summary>What every store promises about walking through its keys.</summary>
public sealed class ScanConformance : ConformanceSuite
{
    /// <inheritdoc/>
    public override IReadOnlyList<ConformanceTest> Tests { get; } =
    [
        new(A_walk_sees_every_key_of_every_slot_and_type),
        new(A_pattern_chooses_keys),
        new(Special_characters_of_a_pattern_are_escaped),
        new(The_size_of_a_page_does_not_matter),
        new(Keys_are_deleted_while_walking),
        new(Expired_keys_are_not_seen),
        new(Names_come_byte_for_byte),
        new(Bad_calls_are_refused),
        new(A_walk_may_be_cancelled),
    ];

    private static async Task A_walk_sees_every_key_of_every_slot_and_type(ConformanceContext c)
    {
        var keys = Enumerable.Range(0, 200).Select(i => (StoreKey)$"{{{c.Tag}/{i}}}:k").ToArray();
        await c.GivenAsync([.. keys.Select(StoreCommand (key, i) => (i % 4) switch
        {
            0 => Strings.Set(key, "v"),
            1 => Sets.Add(key, "m"),
            2 => Hashes.Set(key, "f", "v"),
            _ => SortedSets.Add(key, "m", 1),
        })]);
        EqualInAnyOrder(keys, await WalkAsync(c, $"{{{c.Tag}/*"));
    }

    private static async Task A_pattern_chooses_keys(ConformanceContext c)
    {
        await GivenAsync(c, "user:1", "user:2", "user:10", "order:1", "u");
        (string Pattern, string[] Names)[] patterns =
        [
            ("user:*", ["user:1", "user:2", "user:10"]), ("user:?", ["user:1", "user:2"]), ("user:[12]", ["user:1", "user:2"]),
            ("user:[^1]", ["user:2"]), ("user:[0-1]", ["user:1"]), ("*1", ["user:1", "order:1"]), ("*e*r:1*", ["user:1", "user:10", "order:1"]),
            ("u", ["u"]), ("none*", []),
        ];
        foreach (var (pattern, names) in patterns)
        {
            EqualInAnyOrder(names.Select(c.Key), await WalkAsync(c, $"{{{c.Tag}}}:{pattern}"), pattern);
        }
    }

    private static async Task Special_characters_of_a_pattern_are_escaped(ConformanceContext c)
    {
        await GivenAsync(c, "a*", "ab", "a?", "a[b]", "a\\", "a^");
        (string Pattern, string Name)[] patterns = [("a\\*", "a*"), ("a\\?", "a?"), ("a\\[b\\]", "a[b]"), ("a\\\\", "a\\"), ("a\\^", "a^")];
        foreach (var (pattern, name) in patterns)
        {
            EqualInAnyOrder([c.Key(name)], await WalkAsync(c, $"{{{c.Tag}}}:{pattern}"), pattern);
        }
    }

    private static async Task The_size_of_a_page_does_not_matter(ConformanceContext c)
    {
        string[] names = [.. Enumerable.Range(0, 100).Select(i => $"k{i}")];
        await GivenAsync(c, names);
        foreach (var pageSize in (int[])[20, 1000, 100_000])
        {
            EqualInAnyOrder(names.Select(c.Key), await WalkAsync(c, $"{{{c.Tag}}}:*", pageSize));
        }
    }

    private static async Task Keys_are_deleted_while_walking(ConformanceContext c)
    {
        string[] names = [.. Enumerable.Range(0, 500).Select(i => $"k{i}")];
        await GivenAsync(c, names);
        await foreach (var key in c.Store.ScanKeysAsync($"{{{c.Tag}}}:*", 50, c.CancellationToken))
        {
            await c.Store.SendAsync(Keys.Delete(key), c.CancellationToken);
        }

        Equal(0, (await WalkAsync(c, $"{{{c.Tag}}}:*")).Count);
    }

    private static async Task Expired_keys_are_not_seen(ConformanceContext c)
    {
        await GivenAsync(c, "a", "b");
        await c.GivenAsync(Keys.Expire(c.Key("a"), TimeSpan.FromMilliseconds(20)));
        await c.UntilAsync(async () => !await c.SendAsync(Keys.Exists(c.Key("a"))), "the key to expire");
        EqualInAnyOrder([c.Key("b")], await WalkAsync(c, $"{{{c.Tag}}}:*"));
    }

    private static async Task Names_come_byte_for_byte(ConformanceContext c)
    {
        StoreKey[] keys = [(byte[])[.. c.Key("").ToArray(), 0, 0xFF, 13, 10], c.Key("é"), c.Key(""), c.Key("{}:*?[]")];
        await c.GivenAsync([.. keys.Select(key => Strings.Set(key, "v"))]);
        EqualInAnyOrder(keys, await WalkAsync(c, $"{{{c.Tag}}}:*"));
    }

    private static async Task Bad_calls_are_refused(ConformanceContext c)
    {
        await ThrowsAsync<ArgumentNullException>(() => WalkAsync(c, null!));
        await ThrowsAsync<ArgumentOutOfRangeException>(() => WalkAsync(c, "*", 0));
        await ThrowsAsync<ArgumentOutOfRangeException>(() => WalkAsync(c, "*", 100_001));
    }

    private static async Task A_walk_may_be_cancelled(ConformanceContext c)
    {
        await GivenAsync(c, "a", "b");
        using var cancellation = new CancellationTokenSource();
        await ThrowsAsync<OperationCanceledException>(async () =>
        {
            await foreach (var key in c.Store.ScanKeysAsync($"{{{c.Tag}}}:*", 250, cancellation.Token))
            {
                await cancellation.CancelAsync();
            }

            cancellation.Token.ThrowIfCancellationRequested();
        });
    }

    private static Task GivenAsync(ConformanceContext c, params string[] names) => c.GivenAsync([.. names.Select(name => Strings.Set(c.Key(name), "v"))]);

    private static async Task<HashSet<StoreKey>> WalkAsync(ConformanceContext c, string pattern, int pageSize = 250)
    {
        var seen = new HashSet<StoreKey>();
        await foreach (var key in c.Store.ScanKeysAsync(pattern, pageSize, c.CancellationToken))
        {
            seen.Add(key);
        }

        return seen;
    }
}
