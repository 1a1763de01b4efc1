using System.Collections.Concurrent;
using RedisPatterns.InMemory;

namespace RedisPatterns.Tests.Entities.Ids;

public sealed class SequenceTests : IAsyncDisposable
{
    private readonly InMemoryKeyValueStore _store = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => _store.DisposeAsync();

    [Fact]
    public async Task Numbers_start_at_1_and_are_counted_at_the_key_of_the_model()
    {
        var (generator, users) = (IdGenerators.Sequence(), Users(_store));

        Assert.Equal((long[])[1, 2, 3], await TakeAsync(generator, users, 3));
        Assert.Equal("3", (await _store.GetAsync("{shop}:seq:user", Token)).ToString());
        Assert.False(generator.TryNext(users, out _));
    }

    [Fact]
    public async Task A_block_is_taken_in_one_round_trip()
    {
        await using var counting = new RoundTripCountingKeyValueStore(_store, ownsInner: false);
        var (generator, users) = (IdGenerators.Sequence(100), Users(counting));

        Assert.Equal(Enumerable.Range(1, 250).Select(number => (long)number), await TakeAsync(generator, users, 250));
        Assert.Equal(3, counting.RoundTrips);
        Assert.Equal("300", (await _store.GetAsync("{shop}:seq:user", Token)).ToString());
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(7)]
    [InlineData(16)]
    [InlineData(100)]
    [InlineData(8_000)]
    [InlineData(1_000_000)]
    public async Task Sixteen_callers_take_no_number_twice_and_no_block_too_many(int blockSize)
    {
        const int Callers = 16;
        const int Each = 500;
        await using var counting = new RoundTripCountingKeyValueStore(new YieldingStore(_store));
        var (generator, users) = (IdGenerators.Sequence(blockSize), Users(counting));
        var numbers = new ConcurrentBag<long>();

        await Task.WhenAll(Enumerable.Range(0, Callers).Select(caller => Task.Run(async () =>
        {
            for (var i = 0; i < Each; i++)
            {
                numbers.Add(caller % 2 == 0 && generator.TryNext(users, out var number) ? number : await generator.NextAsync(users, Token));
            }
        }, Token)));

        var blocks = (Callers * Each + blockSize - 1) / blockSize;
        Assert.Equal(Callers * Each, numbers.Distinct().Count());
        Assert.Equal(blocks, counting.RoundTrips);
        Assert.True(numbers.Min() >= 1 && numbers.Max() <= (long)blocks * blockSize);
    }

    [Fact]
    public async Task One_generator_keeps_keyspaces_tenants_models_and_stores_apart()
    {
        await using var other = new InMemoryKeyValueStore();
        var generator = IdGenerators.Sequence(10);
        IdGeneration[] contexts =
        [
            Users(_store), Users(other), new(_store.Keyspace("shop", "acme"), "user"), new(_store.Keyspace("store"), "user"), new(_store.Keyspace("shop"), "order"),
        ];

        for (var i = 1L; i <= 25; i++)
        {
            foreach (var context in contexts)
            {
                Assert.Equal(i, await generator.NextAsync(context, Token));
            }
        }

        Assert.Equal(26, await generator.NextAsync(Users(_store), Token));
    }

    [Fact]
    public async Task What_another_process_has_taken_is_passed_over()
    {
        var (one, other, users) = (IdGenerators.Sequence(10), IdGenerators.Sequence(10), Users(_store));

        Assert.Equal(1, await one.NextAsync(users, Token));
        Assert.Equal(11, await other.NextAsync(users, Token));
        Assert.Equal(2, await one.NextAsync(users, Token));
    }

    [Fact]
    public async Task Callers_that_one_block_suffices_for_share_it()
    {
        await using var held = new HeldStore(_store);
        var (generator, users) = (IdGenerators.Sequence(3), Users(held));
        var calls = Enumerable.Range(0, 4).Select(_ => generator.NextAsync(users, Token).AsTask()).ToArray();

        Assert.Equal(2, held.Sent);
        held.Release(0);
        Assert.Equal((long[])[1, 2, 3], await Task.WhenAll(calls[..3]));
        Assert.False(calls[3].IsCompleted);
        held.Release(1);
        Assert.Equal(4, await calls[3]);
        Assert.True(generator.TryNext(users, out var next));
        Assert.Equal(5, next);
    }

    [Fact]
    public async Task A_caller_that_gives_up_does_not_disturb_the_others()
    {
        await using var held = new HeldStore(_store);
        var (generator, users) = (IdGenerators.Sequence(2), Users(held));
        using var giving = new CancellationTokenSource();
        var first = generator.NextAsync(users, giving.Token).AsTask();
        var second = generator.NextAsync(users, Token).AsTask();
        await giving.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first);
        var third = generator.NextAsync(users, Token).AsTask();
        Assert.Equal(1, held.Sent);
        held.Release(0);
        Assert.Equal((long[])[1, 2], await Task.WhenAll(second, third));
    }

    [Fact]
    public async Task Numbers_that_all_callers_gave_up_waiting_for_are_used_later()
    {
        await using var held = new HeldStore(_store);
        var (generator, users) = (IdGenerators.Sequence(2), Users(held));
        using var giving = new CancellationTokenSource();
        var call = generator.NextAsync(users, giving.Token).AsTask();
        await giving.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
        held.Release(0);

        Assert.Equal((long[])[1, 2], await TakeAsync(generator, users, 2));
        Assert.Equal(1, held.Sent);
    }

    [Fact]
    public async Task A_block_that_can_not_be_taken_fails_those_who_need_it_and_no_others()
    {
        await using var held = new HeldStore(_store);
        var (generator, users) = (IdGenerators.Sequence(2), Users(held));
        var calls = Enumerable.Range(0, 3).Select(_ => generator.NextAsync(users, Token).AsTask()).ToArray();

        held.Fail(0, new StoreConnectionException());
        await Assert.ThrowsAsync<StoreConnectionException>(() => calls[0]);
        held.Release(1);
        Assert.Equal((long[])[1, 2], await Task.WhenAll(calls[1..]));

        var later = generator.NextAsync(users, Token).AsTask();
        Assert.Equal(3, held.Sent);
        held.Release(2);
        Assert.Equal(3, await later);
    }

    [Fact]
    public async Task The_last_number_is_given_and_then_the_sequence_is_exhausted()
    {
        var (single, blocks, users) = (IdGenerators.Sequence(), IdGenerators.Sequence(2), Users(_store));
        await _store.SetAsync("{shop}:seq:user", long.MaxValue - 3, cancellationToken: Token);

        Assert.Equal((long[])[long.MaxValue - 2, long.MaxValue - 1], await TakeAsync(blocks, users, 2));
        var exhausted = await Assert.ThrowsAsync<NumberOverflowException>(async () => await blocks.NextAsync(users, Token));
        Assert.Contains("user: the sequence at {shop}:seq:user is exhausted", exhausted.Message, StringComparison.Ordinal);
        Assert.Equal(long.MaxValue, await single.NextAsync(users, Token));
        await Assert.ThrowsAsync<NumberOverflowException>(async () => await single.NextAsync(users, Token));
    }

    [Fact]
    public async Task The_greatest_number_can_be_the_last_of_a_block()
    {
        var (blocks, users) = (IdGenerators.Sequence(2), Users(_store));
        await _store.SetAsync("{shop}:seq:user", long.MaxValue - 2, cancellationToken: Token);

        Assert.Equal((long[])[long.MaxValue - 1, long.MaxValue], await TakeAsync(blocks, users, 2));
        Assert.False(blocks.TryNext(users, out _));
        await Assert.ThrowsAsync<NumberOverflowException>(async () => await blocks.NextAsync(users, Token));
    }

    [Fact]
    public async Task A_key_that_holds_no_number_is_a_typed_error()
    {
        await _store.SetAsync("{shop}:seq:user", "many", cancellationToken: Token);
        await Assert.ThrowsAsync<InvalidNumberException>(async () => await IdGenerators.Sequence().NextAsync(Users(_store), Token));
        await Assert.ThrowsAsync<InvalidNumberException>(async () => await IdGenerators.Sequence(5).NextAsync(Users(_store), Token));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(1_000_001)]
    public void A_block_of_another_size_is_refused(int blockSize) =>
        Assert.Throws<ArgumentOutOfRangeException>(nameof(blockSize), () => IdGenerators.Sequence(blockSize));

    [Fact]
    public async Task A_context_without_a_keyspace_is_refused()
    {
        await Assert.ThrowsAsync<ArgumentNullException>(async () => await IdGenerators.Sequence().NextAsync(default, Token));
        await Assert.ThrowsAsync<ArgumentNullException>(async () => await IdGenerators.Sequence(2).NextAsync(default, Token));
    }

    private static IdGeneration Users(IKeyValueStore store) => new(store.Keyspace("shop"), "user");

    private static async Task<long[]> TakeAsync(IdGenerator<long> generator, IdGeneration context, int count)
    {
        var numbers = new long[count];
        for (var i = 0; i < count; i++)
        {
            numbers[i] = await generator.NextAsync(context, Token);
        }

        return numbers;
    }
}
