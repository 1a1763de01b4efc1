using Checkout.Bank;
using RedisPatterns;
using RedisPatterns.Testing;

namespace Checkout.Tests;

/// <summary>What clients do with accounts at the same time, faults and repeats included, is as if it were done one after the other, answers included.</summary>
public sealed class TransferHistoryTests(Stores stores, ITestOutputHelper output)
{
    private const int Clients = 4, CallsPerClient = 6;
    private const long Opening = 10, Minimum = 2;
    private static readonly string[] Names = ["a", "b", "c"];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(StoreKind.Memory, 500)]
    [InlineData(StoreKind.Redis, 200)]
    [InlineData(StoreKind.Garnet, 100)]
    public async Task Transfers_are_linearizable(StoreKind kind, int histories)
    {
        var first = await stores.OpenAsync(kind);
        IKeyValueStore[] clients = [first, .. kind == StoreKind.Memory
            ? Enumerable.Repeat(first, Clients - 1)
            : await Task.WhenAll(Enumerable.Range(1, Clients - 1).Select(_ => stores.OpenAsync(kind)))];
        try
        {
            var (calls, overlaps) = (0, 0);
            for (var i = 0; i < histories; i++)
            {
                var history = await RecordAsync(clients, Stores.NewName(), i);
                var result = LinearizabilityChecker.Check(new Accounts(), history);
                Assert.True(result.IsLinearizable, $"history {i}: {result.Explanation}");
                Assert.All(history, operation => Assert.True(operation.IsOutcomeKnown));
                calls += history.Count;
                overlaps += history.Zip(history.Skip(1)).Count(pair => pair.Second.Called < pair.First.Returned);
            }

            output.WriteLine($"{kind}: {histories} histories, {calls} calls, {overlaps} overlapping");
            Assert.True(overlaps > calls / 10);
        }
        finally
        {
            foreach (var client in clients.Distinct())
            {
                await client.DisposeAsync();
            }
        }
    }

    private static async Task<IReadOnlyList<Operation<Transfer[], string>>> RecordAsync(IKeyValueStore[] clients, string name, int seed)
    {
        foreach (var account in Names)
        {
            await new Transfers(clients[0].Keyspace(name), Minimum).OpenAsync(account, Opening, Cancellation);
        }

        var recorder = new HistoryRecorder<Transfer[], string>();
        await Task.WhenAll(clients.Select((store, client) => Task.Run(async () =>
        {
            var dice = new Random((seed * Clients) + client);
            await using var faulty = Faulty.Store(store, (seed * Clients) + client);
            var bank = new Transfers(faulty.Keyspace(name), Minimum);
            for (var i = 0; i < CallsPerClient; i++)
            {
                Transfer[] drawn = [.. Enumerable.Range(0, dice.Next(3)).Select(_ => Draw(dice))];
                var id = $"{client}.{i}";
                await recorder.RunAsync(client, drawn, async () =>
                {
                    await Task.Yield();
                    var answer = await Repeat.UntilAnsweredAsync(() => DoAsync(bank, id, drawn), Cancellation);
                    await Task.Yield();
                    return answer;
                });
            }
        })));
        return recorder.History;
    }

    private static Transfer Draw(Random dice)
    {
        var from = dice.Next(Names.Length);
        return new(Names[from], Names[(from + dice.Next(1, Names.Length)) % Names.Length], dice.Next(1, 8));
    }

    // No transfer at all is a look at the balances.
    private static async ValueTask<string> DoAsync(Transfers bank, string id, Transfer[] transfers)
    {
        if (transfers.Length == 0) return string.Join(' ', await bank.BalancesAsync(Names, Cancellation));
        var outcome = await bank.TransferAsync(id, transfers, Cancellation);
        return outcome.IsDone ? $"done {Accounts.Tell(outcome.Balances)}" : $"{outcome.Status} {outcome.Account}";
    }

    /// <summary>What it means.</summary>
    private sealed class Accounts : ISequentialModel<(long A, long B, long C), Transfer[], string>
    {
        public (long A, long B, long C) Initial => (Opening, Opening, Opening);

        public static string Tell(IEnumerable<KeyValuePair<string, long>> balances) =>
            string.Join(' ', balances.OrderBy(balance => balance.Key, StringComparer.Ordinal).Select(balance => $"{balance.Key}={balance.Value}"));

        public ((long A, long B, long C) State, string Output) Apply((long A, long B, long C) state, Transfer[] input)
        {
            if (input.Length == 0) return (state, $"{state.A} {state.B} {state.C}");
            var balances = new Dictionary<string, long> { ["a"] = state.A, ["b"] = state.B, ["c"] = state.C };
            foreach (var transfer in input)
            {
                balances[transfer.From] -= transfer.Cents;
                balances[transfer.To] += transfer.Cents;
            }

            var concerned = input.SelectMany(transfer => (string[])[transfer.From, transfer.To]).Distinct().ToArray();
            return Array.Find(concerned, account => balances[account] < Minimum && balances[account] < Before(state, account)) is { } poor
                ? (state, $"{TransferStatus.BelowMinimum} {poor}")
                : ((balances["a"], balances["b"], balances["c"]), $"done {Tell(balances.Where(balance => concerned.Contains(balance.Key)))}");
        }

        private static long Before((long A, long B, long C) state, string account) => account switch { "a" => state.A, "b" => state.B, _ => state.C };
    }
}
