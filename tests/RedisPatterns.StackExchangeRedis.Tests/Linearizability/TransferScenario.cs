using RedisPatterns.Commands;

namespace RedisPatterns.StackExchangeRedis.Tests.Linearizability;

/// <summary>Optimistic transactions that move money between a string and a hash field, and read both at one moment.</summary>
internal sealed class TransferScenario : Scenario<(long Text, long Field)>
{
    private static readonly TransactionOptions Patient = new() { MaximumAttempts = 1_000 };

    public override (long Text, long Field) Initial => (0, 0);

    public override ((long Text, long Field) State, string Output) Apply((long Text, long Field) state, Call input)
    {
        var after = input.Verb switch
        {
            "pay in" => (state.Text + input.Number, state.Field),
            "move" when state.Text >= input.Number => (state.Text - input.Number, state.Field + input.Number),
            "move back" when state.Field >= input.Number => (state.Text + input.Number, state.Field - input.Number),
            _ => state,
        };
        return (after, Tell(after.Item1, after.Item2));
    }

    public override Call Next(Random dice, string? last, string mark) => dice.Next(4) switch
    {
        0 => new("read"),
        1 => new("pay in", Number: dice.Next(1, 4)),
        2 => new("move", Number: dice.Next(1, 4)),
        _ => new("move back", Number: dice.Next(1, 4)),
    };

    public override async Task<string> DoAsync(IKeyValueStore store, string history, Call call, string mark)
    {
        StoreKey text = $"{{{history}}}text", hash = $"{{{history}}}hash";
        var result = await store.TransactAsync(
            async (transaction, cancellation) =>
            {
                var left = ToNumber(await transaction.ReadAsync(Strings.Get(text), cancellation));
                var right = ToNumber(await transaction.ReadAsync(Hashes.Get(hash, "f"), cancellation));
                var (after, _) = Apply((left, right), call);
                if (after.Text != left)
                {
                    transaction.Add(Strings.Set(text, after.Text));
                }

                if (after.Field != right)
                {
                    transaction.Add(Hashes.Set(hash, "f", after.Field));
                }

                return Tell(after.Text, after.Field);
            },
            Patient);
        result.EnsureCommitted();
        return result.Value;
    }

    private static long ToNumber(StoreValue value) => value.IsNull ? 0 : value.AsInt64();

    private static string Tell(long text, long field) => $"{text} and {field}";
}
