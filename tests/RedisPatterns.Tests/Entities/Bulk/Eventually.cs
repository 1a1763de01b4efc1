namespace RedisPatterns.Tests.Entities.Bulk;

internal static class Eventually
{
    /// <summary>Waits for what happens on its own; the limit of time is only for the day when it does not.</summary>
    public static async Task HoldsAsync(Func<bool> condition)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (!condition())
        {
            limit.Token.ThrowIfCancellationRequested();
            await Task.Yield();
        }
    }
}
