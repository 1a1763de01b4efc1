using RedisPatterns.InMemory;
using RedisPatterns.Testing;

namespace RedisPatterns.Tests.Entities.Ids;

public sealed class IdGeneratorsTests : IAsyncDisposable
{
    private static readonly DateTimeOffset Start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly InMemoryKeyValueStore _store = new();

    private IdGeneration Users => new(_store.Keyspace("shop"), "user");

    public ValueTask DisposeAsync() => _store.DisposeAsync();

    [Fact]
    public async Task Ulids_increase()
    {
        var first = await NextAsync(IdGenerators.Ulid(new UlidGenerator(new ManualTimeProvider(Start))));
        Assert.Equal(Start, first.Timestamp);
        await IncreasesAsync(IdGenerators.Ulid(), Comparer<Ulid>.Default);
    }

    [Fact]
    public async Task Texts_of_Ulids_increase()
    {
        Assert.Equal(Start, Ulid.Parse(await NextAsync(IdGenerators.UlidText(new UlidGenerator(new ManualTimeProvider(Start))))).Timestamp);
        await IncreasesAsync(IdGenerators.UlidText(), StringComparer.Ordinal);
    }

    [Fact]
    public async Task Guids_are_of_version_7_and_have_the_time_of_the_clock()
    {
        var clock = new ManualTimeProvider(Start);
        var generator = IdGenerators.GuidVersion7(clock);
        var first = await NextAsync(generator);
        clock.Advance(TimeSpan.FromMilliseconds(1));
        var second = await NextAsync(generator);

        Assert.Equal(7, first.Version);
        Assert.Equal(Start, new Ulid(first).Timestamp);
        Assert.True(string.CompareOrdinal(first.ToString(), second.ToString()) < 0);
        Assert.NotEqual(await NextAsync(generator), await NextAsync(generator));
        Assert.Equal(7, (await NextAsync(IdGenerators.GuidVersion7())).Version);
    }

    [Fact]
    public async Task Ids_of_a_delegate_and_strong_typed_ids_are_given()
    {
        var last = 0;
        var numbers = IdGenerators.Create(() => Interlocked.Increment(ref last));
        var orders = IdGenerators.Create(numbers, number => new OrderNumber(number));

        Assert.Equal(1, await NextAsync(numbers));
        Assert.Equal(new OrderNumber(2), await NextAsync(orders));
        Assert.True(orders.TryNext(Users, out var order));
        Assert.Equal(new OrderNumber(3), order);
    }

    [Fact]
    public async Task A_strong_typed_id_around_a_number_of_the_store_has_to_be_waited_for()
    {
        var orders = IdGenerators.Create(IdGenerators.Sequence(2), number => new OrderNumber(number));

        Assert.False(orders.TryNext(Users, out _));
        Assert.Equal(new OrderNumber(1), await NextAsync(orders));
        Assert.True(orders.TryNext(Users, out var second));
        Assert.Equal(new OrderNumber(2), second);
        Assert.False(orders.TryNext(Users, out _));
    }

    [Fact]
    public async Task A_generator_of_your_own_says_only_how_the_next_id_comes()
    {
        var generator = new Fixed();
        Assert.False(generator.TryNext(Users, out _));
        Assert.Equal("user-1", await NextAsync(generator));
    }

    [Fact]
    public async Task A_cancelled_call_gives_no_id()
    {
        var cancelled = new CancellationToken(canceled: true);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await IdGenerators.Ulid().NextAsync(Users, cancelled));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await IdGenerators.Sequence(2).NextAsync(Users, cancelled));
    }

    [Fact]
    public void Nulls_are_refused()
    {
        Assert.Throws<ArgumentNullException>(() => IdGenerators.Create<int>(null!));
        Assert.Throws<ArgumentNullException>(() => IdGenerators.Create<int, int>(null!, id => id));
        Assert.Throws<ArgumentNullException>(() => IdGenerators.Create<int, int>(IdGenerators.Create(() => 1), null!));
    }

    [Fact]
    public void An_id_without_the_store_costs_no_allocation()
    {
        var (generator, context) = (IdGenerators.Ulid(), Users);
        generator.TryNext(context, out _);
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 1_000; i++)
        {
            generator.TryNext(context, out _);
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    private ValueTask<TId> NextAsync<TId>(IdGenerator<TId> generator) => generator.NextAsync(Users, TestContext.Current.CancellationToken);

    private async Task IncreasesAsync<TId>(IdGenerator<TId> generator, IComparer<TId> order)
    {
        var last = await NextAsync(generator);
        for (var i = 0; i < 1_000; i++)
        {
            Assert.True(generator.TryNext(Users, out var next));
            Assert.True(order.Compare(next, last) > 0);
            last = await NextAsync(generator);
            Assert.True(order.Compare(last, next) > 0);
        }
    }

    private readonly record struct OrderNumber(long Value);

    private sealed class Fixed : IdGenerator<string>
    {
        public override ValueTask<string> NextAsync(IdGeneration context, CancellationToken cancellationToken = default) => new(context.Model + "-1");
    }
}
