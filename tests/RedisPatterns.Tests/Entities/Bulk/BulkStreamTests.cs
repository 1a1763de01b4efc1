namespace RedisPatterns.Tests.Entities.Bulk;

public sealed class BulkStreamTests
{
    private readonly HeldWrites _writes = new();
    private readonly Source _source = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Outcomes_are_in_the_order_of_the_items()
    {
        _source.Offer(Enumerable.Range(0, 5));
        _source.End();
        await using var outcomes = Run(5);
        var first = outcomes.MoveNextAsync().AsTask();
        foreach (var item in new[] { 3, 1, 4, 0, 2 })
        {
            _writes.Release(item);
        }

        Assert.True(await first);
        for (var i = 0; i < 5; i++)
        {
            Assert.Equal(new BulkResult<int>(i, i * 10, null), outcomes.Current);
            Assert.Equal(i < 4, await outcomes.MoveNextAsync());
        }

        Assert.True(_source.IsClosed);
    }

    [Fact]
    public async Task The_source_is_asked_for_no_more_than_there_is_room_for()
    {
        _source.Offer(Enumerable.Range(0, 20));
        _source.End();
        await using var outcomes = Run(4);
        for (var i = 0; i < 20; i++)
        {
            var next = outcomes.MoveNextAsync().AsTask();
            await Eventually.HoldsAsync(() => _writes.Started == Math.Min(20, i + 4));
            Assert.Equal(_writes.Started, _source.Taken);
            _writes.Release(i);
            Assert.True(await next);
        }

        Assert.False(await outcomes.MoveNextAsync());
        Assert.Equal(4, _writes.MostInFlight);
    }

    [Fact]
    public async Task Nothing_is_done_before_somebody_waits()
    {
        _source.Offer(1, 2, 3);
        await using var outcomes = Run(4);
        Assert.Equal((0, 0), (_source.Taken, _writes.Started));
    }

    [Fact]
    public async Task An_outcome_is_given_while_the_source_makes_us_wait()
    {
        await using var outcomes = Run(4);
        for (var i = 0; i < 10; i++)
        {
            var next = outcomes.MoveNextAsync().AsTask();
            _source.Offer(i);
            await Eventually.HoldsAsync(() => _writes.Started == i + 1);
            Assert.False(next.IsCompleted);
            _writes.Release(i);
            Assert.True(await next);
            Assert.Equal(i * 10, outcomes.Current.Value);
        }

        var last = outcomes.MoveNextAsync().AsTask();
        _source.End();
        Assert.False(await last);
    }

    [Fact]
    public async Task A_source_that_goes_on_while_writes_make_us_wait_is_read_on()
    {
        await using var outcomes = Run(3);
        var next = outcomes.MoveNextAsync().AsTask();
        for (var i = 0; i < 3; i++)
        {
            _source.Offer(i);
            await Eventually.HoldsAsync(() => _writes.Started == i + 1);
        }

        _source.Offer(3);
        _source.End();
        Assert.Equal(3, _source.Taken);
        _writes.Release(0);
        Assert.True(await next);
        next = outcomes.MoveNextAsync().AsTask();
        await Eventually.HoldsAsync(() => _writes.Started == 4);
        _writes.ReleaseRest();
        for (var i = 1; i < 4; i++)
        {
            Assert.True(await next);
            Assert.Equal(i, outcomes.Current.Index);
            next = outcomes.MoveNextAsync().AsTask();
        }

        Assert.False(await next);
    }

    [Fact]
    public async Task A_store_error_is_the_outcome_of_its_item()
    {
        _source.Offer(1, 2, 3);
        _source.End();
        var reports = new Reports();
        var outcomes = await BulkRunner.RunAsync(
            _source.ReadAsync(Token), (item, _) => item == 2 ? throw new StoreTimeoutException() : new ValueTask<int>(item), new() { Progress = reports, ProgressEvery = 2 }, Token)
            .ToListAsync(Token);

        Assert.Equal([true, false, true], outcomes.Select(outcome => outcome.IsSuccess));
        Assert.IsType<StoreTimeoutException>(outcomes[1].Error);
        Assert.Equal([new BulkProgress(2, 1, null), new(3, 1, null)], reports.All);
    }

    [Fact]
    public async Task Any_other_error_stops_the_work_after_what_is_in_flight()
    {
        _source.Offer(Enumerable.Range(0, 10));
        await using var outcomes = Run(3);
        var next = outcomes.MoveNextAsync().AsTask();
        _writes.Fail(0, new InvalidOperationException("wrong"));
        Assert.False(next.IsCompleted);
        _writes.Fail(1, new StoreException("hidden by the first"));
        _writes.Release(2);

        Assert.Equal("wrong", (await Assert.ThrowsAsync<InvalidOperationException>(() => next)).Message);
        Assert.Equal((3, 0, true), (_writes.Started, _writes.InFlight, _source.IsClosed));
    }

    [Fact]
    public async Task A_source_that_fails_stops_the_work_after_what_is_in_flight()
    {
        _source.Offer(1, 2);
        await using var outcomes = Run(4);
        var next = outcomes.MoveNextAsync().AsTask();
        _source.End(new InvalidOperationException("no more"));
        await Eventually.HoldsAsync(() => _source.IsClosed);
        Assert.False(next.IsCompleted);
        _writes.ReleaseRest();

        Assert.Equal("no more", (await Assert.ThrowsAsync<InvalidOperationException>(() => next)).Message);
        Assert.Equal((2, 0), (_writes.Started, _writes.InFlight));
    }

    [Fact]
    public async Task After_cancellation_nothing_is_started_and_what_was_started_is_waited_for()
    {
        using var cancelling = new CancellationTokenSource();
        _source.Offer(Enumerable.Range(0, 10));
        await using var outcomes = BulkRunner.RunAsync(_source.ReadAsync(CancellationToken.None), _writes.WriteToTheEndAsync, new() { MaximumInFlight = 3 }, cancelling.Token)
            .GetAsyncEnumerator(CancellationToken.None);
        var next = outcomes.MoveNextAsync().AsTask();
        await cancelling.CancelAsync();
        Assert.False(next.IsCompleted);
        _writes.Release(0);
        Assert.True(await next);
        next = outcomes.MoveNextAsync().AsTask();
        Assert.False(next.IsCompleted);
        _writes.Release(1);
        _writes.Release(2);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => next);
        Assert.Equal((3, 0, true), (_writes.Started, _writes.InFlight, _source.IsClosed));
    }

    [Fact]
    public async Task Cancellation_ends_the_waiting_for_the_source_and_for_writes()
    {
        using var cancelling = new CancellationTokenSource();
        _source.Offer(1, 2);
        await using var outcomes = BulkRunner.RunAsync(_source.ReadAsync(CancellationToken.None), _writes.WriteAsync, null, Token).GetAsyncEnumerator(cancelling.Token);
        var next = outcomes.MoveNextAsync().AsTask();
        Assert.False(next.IsCompleted);
        await cancelling.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => next);
        Assert.Equal((2, 0, true), (_writes.Started, _writes.InFlight, _source.IsClosed));
    }

    [Fact]
    public async Task Ending_early_waits_for_what_is_in_flight_and_closes_the_source()
    {
        _source.Offer(Enumerable.Range(0, 10));
        var outcomes = Run(3);
        var next = outcomes.MoveNextAsync().AsTask();
        _writes.Release(0);
        Assert.True(await next);
        var ending = outcomes.DisposeAsync().AsTask();
        Assert.False(ending.IsCompleted);
        _writes.Fail(1, new InvalidOperationException("seen by nobody"));
        Assert.False(ending.IsCompleted);
        _writes.Release(2);
        await ending;

        Assert.Equal((3, 0, true), (_writes.Started, _writes.InFlight, _source.IsClosed));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Ending_early_while_the_source_makes_us_wait_cancels_it_or_waits_for_it(bool heeds)
    {
        var source = new Source { HeedsCancellation = heeds };
        source.Offer(1);
        var outcomes = BulkRunner.RunAsync(source.ReadAsync(CancellationToken.None), _writes.WriteAsync, null, Token).GetAsyncEnumerator(CancellationToken.None);
        var next = outcomes.MoveNextAsync().AsTask();
        _writes.Release(0);
        Assert.True(await next);
        var ending = outcomes.DisposeAsync().AsTask();
        if (!heeds)
        {
            Assert.False(ending.IsCompleted);
            source.End();
        }

        await ending;
        Assert.True(source.IsClosed);
    }

    [Fact]
    public async Task Ten_thousand_writes_on_other_threads_come_in_order()
    {
        var (random, reports) = (new Random(5), new Reports());
        var expected = 0L;
        await foreach (var outcome in BulkRunner.RunAsync(NumbersAsync(10_000), WriteAsync, new() { MaximumInFlight = 17, Progress = reports }, Token))
        {
            Assert.Equal(expected++, outcome.Index);
            Assert.Equal(outcome.Index % 10 == 3, !outcome.IsSuccess);
            Assert.Equal(outcome.IsSuccess ? (int)outcome.Index * 10 : 0, outcome.Value);
        }

        Assert.Equal(10_000, expected);
        Assert.Equal(new BulkProgress(10_000, 1_000, null), reports.All[^1]);
        Assert.Equal(10, reports.All.Count);

        async IAsyncEnumerable<int> NumbersAsync(int count)
        {
            for (var i = 0; i < count; i++)
            {
                if (random.Next(3) == 0)
                {
                    await Task.Yield();
                }

                yield return i;
            }
        }

        static async ValueTask<int> WriteAsync(int item, CancellationToken cancellationToken)
        {
            for (var i = 0; i < item % 4; i++)
            {
                await Task.Yield();
            }

            return item % 10 == 3 ? throw new StoreException() : item * 10;
        }
    }

    [Fact]
    public void Nulls_are_refused_at_the_call()
    {
        Assert.Throws<ArgumentNullException>("items", () => { _ = BulkRunner.RunAsync<int, int>((IAsyncEnumerable<int>)null!, _writes.WriteAsync, null, Token); });
        Assert.Throws<ArgumentNullException>("write", () => { _ = BulkRunner.RunAsync<int, int>(_source.ReadAsync(Token), null!, null, Token); });
    }

    private IAsyncEnumerator<BulkResult<int>> Run(int maximum) =>
        BulkRunner.RunAsync(_source.ReadAsync(CancellationToken.None), _writes.WriteAsync, new() { MaximumInFlight = maximum }, Token).GetAsyncEnumerator(Token);
}
