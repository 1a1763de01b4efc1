using FlightBoard.Model;
using Narration;
using RedisPatterns;
using RedisPatterns.Commands;
using RedisPatterns.InMemory;

namespace FlightBoard.Tests;

public sealed class ClearingTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_run_that_is_stopped_leaves_nothing()
    {
        await using var store = new InMemoryKeyValueStore();
        using var cancellation = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        var screen = new PlainScreen(new StoppingWriter("== 2.", cancellation));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() =>
            new Story(store, screen, TimeProvider.System).RunAsync(cancellationToken: cancellation.Token));
        Assert.Equal(0, await store.SendAsync(Keys.Count(), Cancellation));
    }

    [Fact]
    public async Task What_is_kept_is_cleared_by_the_next_run()
    {
        await using var store = new InMemoryKeyValueStore();
        await new Story(store, new PlainScreen(TextWriter.Null), TimeProvider.System).RunAsync(keep: true, Cancellation);
        Assert.True(await new Board(store).Flights.ExistsAsync("F00001", Cancellation));

        await new Story(store, new PlainScreen(TextWriter.Null), TimeProvider.System).RunAsync(cancellationToken: Cancellation);
        Assert.Equal(0, await store.SendAsync(Keys.Count(), Cancellation));
    }

    private sealed class StoppingWriter(string at, CancellationTokenSource cancellation) : StringWriter
    {
        public override void WriteLine(string? value)
        {
            if (value!.StartsWith(at, StringComparison.Ordinal)) cancellation.Cancel();
        }
    }
}
