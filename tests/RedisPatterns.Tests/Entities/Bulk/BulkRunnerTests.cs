namespace RedisPatterns.Tests.Entities.Bulk;

public sealed class BulkRunnerTests
{
    private readonly HeldWrites _writes = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Outcomes_are_in_the_order_of_the_items()
    {
        var run = RunAsync(5);
        foreach (var item in new[] { 3, 1, 4, 0, 2 })
        {
            _writes.Release(item);
        }

        var report = await run;

        Assert.Equal([0, 1, 2, 3, 4], report.Results.Select(result => result.Index));
        Assert.Equal([0, 10, 20, 30, 40], report.Results.Select(result => result.Value));
        Assert.All(report.Results, result => Assert.True(result.IsSuccess));
        Assert.Equal((5, 0), (report.Succeeded, report.Failed));
        report.ThrowIfAnyFailed();
    }

    [Fact]
    public async Task No_more_than_the_maximum_is_in_flight()
    {
        const int Count = 50;
        var run = RunAsync(Count, new() { MaximumInFlight = 4 });
        Assert.Equal(4, _writes.Started);
        for (var i = 0; i < Count; i++)
        {
            await Eventually.HoldsAsync(() => _writes.Started == Math.Min(Count, i + 4));
            _writes.Release(i);
        }

        Assert.Equal(Count, (await run).Succeeded);
        Assert.Equal(4, _writes.MostInFlight);
    }

    [Fact]
    public async Task Without_options_256_are_in_flight()
    {
        var run = RunAsync(1_000);
        Assert.Equal(256, _writes.InFlight);
        while (!run.IsCompleted)
        {
            _writes.ReleaseRest();
            await Task.Yield();
        }

        Assert.Equal(1_000, (await run).Succeeded);
        Assert.Equal(256, _writes.MostInFlight);
    }

    [Fact]
    public async Task Nothing_is_done_for_no_items()
    {
        var reports = new Reports();
        var report = await RunAsync(0, new() { Progress = reports });

        Assert.Empty(report.Results);
        Assert.Equal([new BulkProgress(0, 0, 0)], reports.All);
        report.ThrowIfAnyFailed();
    }

    [Fact]
    public async Task A_store_error_is_the_outcome_of_its_item()
    {
        var run = RunAsync(4);
        var (first, second) = (new StoreTimeoutException(), new StoreConnectionException());
        _writes.Fail(1, first);
        _writes.Fail(3, second);
        _writes.ReleaseRest();

        var report = await run;

        Assert.Equal([null, first, null, second], report.Results.Select(result => result.Error));
        Assert.Equal((2, 2), (report.Succeeded, report.Failed));
        Assert.Equal([0, 0, 20, 0], report.Results.Select(result => result.Value));
        var thrown = Assert.Throws<BulkException>(report.ThrowIfAnyFailed);
        Assert.Equal("2 of 4 items failed.", thrown.Message);
        Assert.Equal((2, 2), (thrown.Succeeded, thrown.Failed));
        Assert.Equal([first, second], thrown.Errors);
        Assert.Same(first, thrown.InnerException);
    }

    [Fact]
    public async Task A_store_error_that_is_thrown_at_the_call_is_the_outcome_of_its_item_too()
    {
        var report = await BulkRunner.RunAsync([1, 2, 3], (item, _) => item == 2 ? throw new EntityIdException("user") : new ValueTask<int>(item), null, Token);

        Assert.IsType<EntityIdException>(report.Results[1].Error);
        Assert.Equal((2, 1), (report.Succeeded, report.Failed));
    }

    [Fact]
    public async Task The_exception_holds_the_first_ten_errors()
    {
        var report = await BulkRunner.RunAsync(Items(25), (_, _) => ValueTask.FromException<int>(new StoreException()), null, Token);

        var thrown = Assert.Throws<BulkException>(report.ThrowIfAnyFailed);
        Assert.Equal((0, 25, 10), (thrown.Succeeded, thrown.Failed, thrown.Errors.Count));
    }

    [Fact]
    public async Task Any_other_error_stops_the_work_after_what_is_in_flight()
    {
        var run = RunAsync(10, new() { MaximumInFlight = 3 });
        _writes.Fail(0, new InvalidOperationException("wrong"));
        Assert.False(run.IsCompleted);
        _writes.Release(2);
        _writes.Fail(1, new StoreException("hidden by the first"));

        Assert.Equal("wrong", (await Assert.ThrowsAsync<InvalidOperationException>(() => run)).Message);
        Assert.Equal((3, 0), (_writes.Started, _writes.InFlight));
    }

    [Fact]
    public async Task Bad_input_that_is_thrown_at_the_call_stops_the_work_after_what_is_in_flight()
    {
        var run = BulkRunner.RunAsync(Items(5), (item, token) => item == 2 ? throw new ArgumentException("bad") : _writes.WriteAsync(item, token), null, Token).AsTask();
        Assert.False(run.IsCompleted);
        _writes.ReleaseRest();

        await Assert.ThrowsAsync<ArgumentException>(() => run);
        Assert.Equal((2, 0), (_writes.Started, _writes.InFlight));
    }

    [Fact]
    public async Task After_cancellation_nothing_is_started_and_what_was_started_is_waited_for()
    {
        using var cancelling = new CancellationTokenSource();
        var run = BulkRunner.RunAsync(Items(10), _writes.WriteToTheEndAsync, new() { MaximumInFlight = 3 }, cancelling.Token).AsTask();
        await cancelling.CancelAsync();
        Assert.False(run.IsCompleted);
        _writes.Release(0);
        _writes.Release(2);
        Assert.False(run.IsCompleted);
        _writes.Release(1);

        Assert.Equal(cancelling.Token, (await Assert.ThrowsAnyAsync<OperationCanceledException>(() => run)).CancellationToken);
        Assert.Equal((3, 0), (_writes.Started, _writes.InFlight));
    }

    [Fact]
    public async Task Writes_are_cancelled_with_the_work()
    {
        using var cancelling = new CancellationTokenSource();
        var run = BulkRunner.RunAsync(Items(10), _writes.WriteAsync, new() { MaximumInFlight = 3 }, cancelling.Token).AsTask();
        await cancelling.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => run);
        Assert.Equal((3, 0), (_writes.Started, _writes.InFlight));
    }

    [Fact]
    public async Task What_is_cancelled_beforehand_starts_nothing()
    {
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
            await BulkRunner.RunAsync(Items(10), _writes.WriteAsync, null, new CancellationToken(canceled: true)));
        Assert.Equal(0, _writes.Started);
    }

    [Fact]
    public async Task What_is_all_written_in_spite_of_cancellation_is_reported()
    {
        using var cancelling = new CancellationTokenSource();
        var run = BulkRunner.RunAsync(Items(3), _writes.WriteToTheEndAsync, null, cancelling.Token).AsTask();
        await cancelling.CancelAsync();
        _writes.ReleaseRest();

        Assert.Equal(3, (await run).Succeeded);
    }

    [Fact]
    public async Task Progress_is_told_every_so_many_items_and_at_the_end()
    {
        var reports = new Reports();
        await BulkRunner.RunAsync(
            Items(7), (item, _) => item is 1 or 5 ? ValueTask.FromException<int>(new StoreException()) : new(item), new() { Progress = reports, ProgressEvery = 3 }, Token);

        Assert.Equal([new(3, 1, 7), new(6, 2, 7), new(7, 2, 7)], reports.All);
    }

    [Fact]
    public async Task Progress_at_the_end_is_told_once()
    {
        var reports = new Reports();
        await BulkRunner.RunAsync(Items(6), (item, _) => new ValueTask<int>(item), new() { Progress = reports, ProgressEvery = 3 }, Token);

        Assert.Equal([new(3, 0, 6), new(6, 0, 6)], reports.All);
    }

    [Fact]
    public async Task Work_that_is_done_at_once_allocates_nothing_for_an_item()
    {
        var items = Items(10_000);
        Func<int, CancellationToken, ValueTask<int>> write = (item, _) => new(item);
        await BulkRunner.RunAsync(items, write, null, Token);
        var before = GC.GetAllocatedBytesForCurrentThread();
        await BulkRunner.RunAsync(items, write, null, Token);
        var perItem = (GC.GetAllocatedBytesForCurrentThread() - before) / (double)items.Length;

        // The outcomes themselves: an index, an answer, an error.
        Assert.InRange(perItem, 0, 26);
    }

    [Fact]
    public async Task Nulls_are_refused()
    {
        await Assert.ThrowsAsync<ArgumentNullException>("items", async () => await BulkRunner.RunAsync((IReadOnlyList<int>)null!, _writes.WriteAsync, null, Token));
        await Assert.ThrowsAsync<ArgumentNullException>("write", async () => await BulkRunner.RunAsync<int, int>([1], null!, null, Token));
    }

    private static int[] Items(int count) => [.. Enumerable.Range(0, count)];

    private Task<BulkReport<int>> RunAsync(int count, BulkOptions? options = null) => BulkRunner.RunAsync(Items(count), _writes.WriteAsync, options, Token).AsTask();
}
