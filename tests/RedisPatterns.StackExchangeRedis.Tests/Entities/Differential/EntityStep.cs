namespace RedisPatterns.StackExchangeRedis.Tests;

/// <summary>A call, or a damage, that is the same on both stores.</summary>
/// <param name="Text">What it is, to be read in a failure.</param>
/// <param name="Compares">Whether the contents are compared behind it.</param>
/// <param name="Run">Does it, and tells what came of it.</param>
internal sealed record EntityStep(string Text, bool Compares, Func<EntitySide, Task<string>> Run)
{
    /// <summary>Errors that are answers; any other is a fault of the library, also where both have it.</summary>
    public async Task<string> OutcomeAsync(EntitySide side)
    {
        try
        {
            return await Run(side);
        }
        catch (EntityException error)
        {
            return $"{error.GetType().Name} at {error.Operation}: {error.Message}";
        }
        catch (Exception error) when (error is StoreException or InvalidOperationException)
        {
            return error.GetType().Name;
        }
        catch (Exception error) when (error is not OperationCanceledException)
        {
            return $"{FaultMark} {error}";
        }
    }

    public const string FaultMark = "FAULT";
}
