namespace RedisPatterns.Testing;

/// <summary>What came of a call: the name of an error, or an answer.</summary>
/// <param name="What">The name of the error with its place in a change, or the answer as text.</param>
/// <param name="Ware">The ware that was answered.</param>
internal sealed record WareOutcome(string What, Ware? Ware = null)
{
    public const string Done = "done";

    /// <summary>Whether it is an answer.</summary>
    public bool IsAnswer => !What.Contains("Exception", StringComparison.Ordinal);

    public static WareOutcome Of(Ware? ware) => ware is null ? new("nothing") : new(Done, ware);

    public static WareOutcome Of<TError>(int operation = 0)
        where TError : Exception => new($"{typeof(TError).Name} at {operation}");

    /// <summary>Runs a call.</summary>
    public static async Task<WareOutcome> OfAsync(Func<Task<WareOutcome>> call)
    {
        try
        {
            return await call().ConfigureAwait(false);
        }
        catch (EntityException error)
        {
            return new($"{error.GetType().Name} at {error.Operation}");
        }
        catch (ModelException)
        {
            return Of<ModelException>();
        }
    }

    public override string ToString() => Ware is null ? What : $"{What} {WareText.Of(Ware)}";
}
