namespace RedisPatterns.StackExchangeRedis.Scripts;

/// <summary>Loads libraries of functions; callers that find one missing at the same time wait for one load.</summary>
internal sealed class FunctionLoads(IKeyValueStore store)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<FunctionLibrary, Task<IReadOnlyList<FunctionLoad>>> _running = [];

    public Task<IReadOnlyList<FunctionLoad>> LoadAsync(FunctionLibrary library)
    {
        lock (_gate)
        {
            if (!_running.TryGetValue(library, out var load) || load.IsCompleted)
            {
                _running[library] = load = store.LoadAsync(library, CancellationToken.None).AsTask();
            }

            return load;
        }
    }
}
