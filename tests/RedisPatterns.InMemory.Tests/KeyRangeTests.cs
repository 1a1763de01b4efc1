using System.Text;
using RedisPatterns.Commands;
using RedisPatterns.Testing;

namespace RedisPatterns.InMemory.Tests;

/// <summary>Ranges of keys, against a sorted dictionary of the same keys.</summary>
public sealed class KeyRangeTests : IAsyncDisposable
{
    private const int Operations = 20_000;

    // Few names, so that keys come, go and come back; UTF-8 has another order for some than UTF-16.
    private static readonly string[] Parts = ["", "a", "b", "\0", "~", "\u00E9", "\uFF5E", "\U0001F600"];
    private static readonly Comparer<byte[]> ByBytes = Comparer<byte[]>.Create(static (left, right) => left.AsSpan().SequenceCompareTo(right));

    private readonly ManualTimeProvider _clock = new();
    private readonly InMemoryKeyValueStore _store;
    private readonly SortedDictionary<byte[], (StoreValue Value, DateTimeOffset End)> _model = new(ByBytes);

    public KeyRangeTests() => _store = new InMemoryKeyValueStore(_clock);

    private DateTimeOffset Now => _clock.GetUtcNow();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => _store.DisposeAsync();

    [Theory]
    [InlineData(1, 0)]
    [InlineData(2, 0)]
    [InlineData(3, 2_000)]
    [InlineData(4, 2_000)]
    public async Task The_keys_are_those_of_a_sorted_dictionary(int seed, int firstRange)
    {
        var random = new Random(seed);
        var (ranges, found, undone) = (0, 0, 0);
        for (var i = 0; i < Operations; i++)
        {
            if (random.Next(3) == 0 && i >= firstRange)
            {
                found += await CompareAsync(random, i);
                ranges++;
            }
            else if (random.Next(10) == 0)
            {
                await FailAsync(random);
                undone++;
            }
            else
            {
                await WriteAsync(random);
            }

            if (random.Next(4) == 0)
            {
                _clock.Advance(TimeSpan.FromMilliseconds(random.Next(60)));
            }
        }

        Assert.True(ranges > Operations / 5 && found > ranges && undone > Operations / 50, $"{ranges} ranges, {found} keys, {undone} undone");
    }

    [Fact]
    public async Task Many_expired_keys_are_passed_over_and_removed()
    {
        for (var i = 0; i < 10_000; i++)
        {
            await _store.SetAsync($"{{k}}{i:D5}", i, i % 1_000 == 7 ? TimeSpan.FromHours(1) : TimeSpan.FromSeconds(1), cancellationToken: Token);
        }

        _clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(10_000, _store.EntryCount);
        Assert.Equal([9_007, 8_007], (await _store.KeyRangeAsync("{k}", "{k}~", 2, descending: true, Token)).Select(entry => entry.Value.AsInt64()));
        Assert.Equal([7, 1_007, 2_007], (await _store.KeyRangeAsync("{k}", "{k}~", 3, cancellationToken: Token)).Select(entry => entry.Value.AsInt64()));
        Assert.Equal(10, (await _store.KeyRangeAsync("{k}", "{k}~", 100_000, cancellationToken: Token)).Length);
        Assert.Equal(10, _store.EntryCount);
    }

    [Fact]
    public async Task A_hash_whose_fields_have_expired_is_no_key_of_another_type()
    {
        await _store.SetAsync("{k}a", 1, Token);
        await _store.SendAsync(Hashes.Set("{k}b", "f", 1), Token);
        await _store.SendAsync(Hashes.Expire("{k}b", TimeSpan.FromSeconds(1), ["f"]), Token);
        await Assert.ThrowsAsync<WrongTypeException>(async () => await _store.KeyRangeAsync("{k}", "{k}~", 10, cancellationToken: Token));
        _clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal([new KeyEntry("{k}a", 1)], await _store.KeyRangeAsync("{k}", "{k}~", 10, cancellationToken: Token));
    }

    [Fact]
    public async Task What_a_range_gave_stays_as_it_is()
    {
        await _store.SetAsync("{k}a", "abc", Token);
        await _store.SendAsync(Strings.Append("{k}a", "d"), Token);
        var entry = Assert.Single(await _store.KeyRangeAsync("{k}", "{k}~", 10, cancellationToken: Token));
        await _store.SendAsync(Strings.SetRange("{k}a", 0, "xyz"), Token);
        await _store.SendAsync(Strings.Append("{k}a", "e"), Token);
        Assert.Equal("abcd", entry.Value);
        Assert.Equal("xyzde", Assert.Single(await _store.KeyRangeAsync("{k}", "{k}~", 10, cancellationToken: Token)).Value);
    }

    [Theory]
    [InlineData("KEYRANGE", 0)]
    [InlineData("KEYRANGE", 100_001)]
    [InlineData("KEYRANGE", "many")]
    [InlineData("KEYRANGE", 1, "UP")]
    [InlineData("KEYRANGE", 1, "REV", "REV")]
    [InlineData("KEYRANGE")]
    public async Task Arguments_that_the_command_has_not_are_refused(string name, params object[] more) =>
        await Assert.ThrowsAnyAsync<StoreException>(async () => await _store.SendAsync(
            Raw.Command(name, [StoreValue.FromKey("{k}a"), StoreValue.FromKey("{k}b"), .. more.Select(item => item is int number ? (StoreValue)number : (string)item)]), Token));

    private static StoreKey Draw(Random random)
    {
        var name = "{k}" + string.Concat(Enumerable.Range(0, random.Next(4)).Select(_ => Parts[random.Next(Parts.Length)]));
        return random.Next(3) == 0 ? Encoding.UTF8.GetBytes(name) : name;
    }

    private async Task<int> CompareAsync(Random random, int operation)
    {
        StoreKey from = random.Next(4) == 0 ? "{k}" : Draw(random);
        StoreKey to = random.Next(3) == 0 ? "{k}\U0001F601" : Draw(random);
        var (limit, descending) = (random.Next(3) == 0 ? 100_000 : random.Next(1, 20), random.Next(2) == 0);
        foreach (var key in _model.Where(pair => pair.Value.End <= Now).Select(pair => pair.Key).ToArray())
        {
            _model.Remove(key);
        }

        var between = _model.Where(pair => ByBytes.Compare(pair.Key, from.ToArray()) >= 0 && ByBytes.Compare(pair.Key, to.ToArray()) < 0);
        KeyEntry[] expected = [.. (descending ? between.Reverse() : between).Take(limit).Select(pair => new KeyEntry(pair.Key, pair.Value.Value))];
        var actual = await _store.KeyRangeAsync(from, to, limit, descending, Token);
        Assert.True(expected.AsSpan().SequenceEqual(actual), $"Operation {operation}: {from} to {to}, {limit}, descending: {descending}");
        return actual.Length;
    }

    private async Task FailAsync(Random random)
    {
        var batch = new AtomicBatch();
        for (var i = random.Next(1, 6); i > 0; i--)
        {
            batch.Add(Draw(random, out _));
        }

        batch.Add(Strings.Set("{k}ab", "no number"));
        batch.Add(Strings.Increment("{k}ab"));
        Assert.Equal(CommitStatus.CommandFailed, (await _store.CommitAsync(batch, Token)).Status);
    }

    private async Task WriteAsync(Random random)
    {
        var pipeline = new StorePipeline();
        pipeline.Add(Draw(random, out var apply));
        await _store.SendAsync(pipeline, Token);
        Assert.True(pipeline.Replies[0].Error is null or NoSuchKeyException, pipeline.Replies[0].Error?.Message);
        apply();
    }

    // A write, and what it does to the model.
    private StoreCommand<bool> Draw(Random random, out Action apply)
    {
        var (key, other) = (Draw(random), Draw(random));
        var (name, otherName) = (key.ToArray(), other.ToArray());
        StoreValue value = random.Next(100);
        var span = TimeSpan.FromMilliseconds(random.Next(1, 400));
        switch (random.Next(9))
        {
            case 0 or 1:
                apply = () => _model[name] = (value, DateTimeOffset.MaxValue);
                return Strings.Set(key, value);
            case 2 or 3:
                apply = () => _model[name] = (value, Now + span);
                return Strings.Set(key, value, span);
            case 4:
                apply = () => _model.Remove(name);
                return Keys.Delete(key);
            case 5:
                apply = () => Change(name, now => (now.Value, Now + span));
                return Keys.Expire(key, span);
            case 6:
                apply = () => Change(name, _ => null);
                return Keys.ExpireAt(key, Now - span);
            case 7 when key != other:
                apply = () => Change(name, now =>
                {
                    _model[otherName] = now;
                    return null;
                });
                return Keys.Rename(key, other);
            case 8 when key != other:
                apply = () => Change(name, now => _model[otherName] = now);
                return Keys.Copy(key, other, replace: true);
            default:
                apply = () => Change(name, now => (now.Value, DateTimeOffset.MaxValue));
                return Keys.Persist(key);
        }
    }

    private void Change(byte[] name, Func<(StoreValue Value, DateTimeOffset End), (StoreValue Value, DateTimeOffset End)?> change)
    {
        if (!_model.TryGetValue(name, out var now) || now.End <= Now)
        {
            return;
        }

        if (change(now) is { } next)
        {
            _model[name] = next;
        }
        else
        {
            _model.Remove(name);
        }
    }
}
