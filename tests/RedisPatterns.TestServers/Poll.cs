namespace RedisPatterns.TestServers;

/// <summary>Waits for a condition, never for a time.</summary>
public static class Poll
{
    /// <summary>Asks until the answer is yes.</summary>
    /// <exception cref="TimeoutException">The answer was still no when <paramref name="timeout"/> had passed.</exception>
    public static async Task UntilAsync(
        Func<Task<bool>> condition, TimeSpan timeout, string what, CancellationToken cancellationToken = default)
    {
        var clock = TimeProvider.System;
        var start = clock.GetTimestamp();
        var pause = TimeSpan.FromMilliseconds(5);
        while (!await condition())
        {
            if (clock.GetElapsedTime(start) > timeout) throw new TimeoutException($"Waited {timeout} for {what}.");
            await Task.Delay(pause, clock, cancellationToken);
            if (pause < TimeSpan.FromMilliseconds(50)) pause += pause;
        }
    }
}
