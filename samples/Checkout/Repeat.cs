using RedisPatterns;

namespace Checkout;

/// <summary>Asks again when no answer came. Only for what takes effect once, however often it is asked for.</summary>
public static class Repeat
{
    private const int Attempts = 10;
    private static readonly TimeSpan LongestPause = TimeSpan.FromMilliseconds(64);

    /// <summary>Calls until an answer comes: at once the second time, then after pauses that double.</summary>
    /// <param name="call">What is called; the outcome of a call that fails is unknown.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="StoreException">Even the last of ten calls got no answer, or one got an error.</exception>
    public static async ValueTask<T> UntilAnsweredAsync<T>(Func<ValueTask<T>> call, CancellationToken cancellationToken = default)
    {
        var pause = TimeSpan.Zero;
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await call();
            }
            catch (StoreException exception) when (attempt < Attempts && exception is StoreTimeoutException or StoreConnectionException)
            {
                // The outcome is unknown: the call may have taken effect, may still do so, or never.
            }

            if (attempt > 1)
            {
                pause = pause == TimeSpan.Zero ? TimeSpan.FromMilliseconds(1) : pause < LongestPause ? pause * 2 : pause;
                await Task.Delay(pause, TimeProvider.System, cancellationToken);
            }
        }
    }
}
