namespace RedisPatterns.StackExchangeRedis.Connection;

/// <summary>Tries again what a cluster answers with TRYAGAIN: some of the keys are on their way from one node to another, and nothing was done.</summary>
internal sealed class MovingSlots(TimeSpan patience, TimeProvider clock)
{
    private const string Code = "TRYAGAIN";

    private static readonly TimeSpan LeastPause = TimeSpan.FromMilliseconds(5);
    private static readonly TimeSpan GreatestPause = TimeSpan.FromMilliseconds(100);

    public async ValueTask<T> RunAsync<T>(Func<ValueTask<T>> call, CancellationToken cancellationToken)
    {
        var start = clock.GetTimestamp();
        for (var pause = LeastPause; ; pause = Min(pause * 2, GreatestPause))
        {
            try
            {
                return await call().ConfigureAwait(false);
            }
            catch (ServerUnavailableException error) when (error.Code == Code && clock.GetElapsedTime(start) < patience)
            {
                await Task.Delay(pause, clock, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    /// <summary>Sends a pipeline, and then again those of its commands that were not done.</summary>
    public async ValueTask SendAsync(StorePipeline pipeline, Func<StorePipeline, ValueTask> send, CancellationToken cancellationToken)
    {
        await send(pipeline).ConfigureAwait(false);
        var start = clock.GetTimestamp();
        for (var pause = LeastPause; clock.GetElapsedTime(start) < patience; pause = Min(pause * 2, GreatestPause))
        {
            var undone = pipeline.Replies.Where(reply => reply.Error is ServerUnavailableException { Code: Code }).ToList();
            if (undone.Count == 0)
            {
                return;
            }

            await Task.Delay(pause, clock, cancellationToken).ConfigureAwait(false);
            var again = new StorePipeline();
            var replies = undone.ConvertAll(reply => again.Add(reply.Command));
            await send(again).ConfigureAwait(false);
            for (var i = 0; i < replies.Count; i++)
            {
                undone[i].CopyFrom(replies[i]);
            }
        }
    }

    private static TimeSpan Min(TimeSpan one, TimeSpan other) => one < other ? one : other;
}
