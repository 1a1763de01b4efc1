using RedisPatterns.Testing;

namespace RedisPatterns.StackExchangeRedis.Tests.Linearizability;

/// <summary>Runs histories of concurrent clients and checks each.</summary>
internal static class HistoryRun
{
    public const int Clients = 4;
    private const int CallsPerClient = 6;

    /// <summary>Runs them.</summary>
    /// <param name="scenario">What the clients do.</param>
    /// <param name="stores">A store for each client: connections of their own, or one for all.</param>
    /// <param name="histories">How many histories.</param>
    /// <param name="name">Keeps their data apart from others'.</param>
    /// <returns>How many calls were made, how many of them overlapped another, how many got no answer.</returns>
    public static async Task<(int Calls, int Overlaps, int Unanswered)> RunAsync<TState>(
        Scenario<TState> scenario, IReadOnlyList<IKeyValueStore> stores, int histories, string name)
    {
        var (calls, overlaps, unanswered) = (0, 0, 0);
        for (var i = 0; i < histories; i++)
        {
            var history = await RecordAsync(scenario, stores, $"{name}-{i}", seed: i);
            var result = scenario.IsBySubject
                ? LinearizabilityChecker.CheckByKey(scenario, history, call => call.Subject)
                : LinearizabilityChecker.Check(scenario, history);
            Assert.True(result.IsLinearizable, $"{scenario.GetType().Name}, history {i}: {result.Explanation}");
            calls += history.Count;
            overlaps += history.Zip(history.Skip(1)).Count(pair => pair.Second.Called < pair.First.Returned);
            unanswered += history.Count(operation => !operation.IsOutcomeKnown);
        }

        return (calls, overlaps, unanswered);
    }

    private static async Task<IReadOnlyList<Operation<Call, string>>> RecordAsync<TState>(
        Scenario<TState> scenario, IReadOnlyList<IKeyValueStore> stores, string history, int seed)
    {
        var recorder = new HistoryRecorder<Call, string>();
        var start = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var clients = Enumerable.Range(0, Clients).Select(client => Task.Run(async () =>
        {
            var dice = new Random((seed * Clients) + client);
            string? last = null;
            await start.Task;
            for (var i = 0; i < CallsPerClient; i++)
            {
                var mark = $"{client}.{i}";
                var call = scenario.Next(dice, last, mark);
                await recorder.RunAsync(client, call, async () =>
                {
                    // Others get their turn between the call, the effect and the return, also where nothing waits for a server.
                    await Task.Yield();
                    last = await scenario.DoAsync(stores[client % stores.Count], history, call, mark);
                    await Task.Yield();
                    return last;
                });
            }
        })).ToArray();
        start.SetResult();
        await Task.WhenAll(clients);
        return recorder.History;
    }
}
