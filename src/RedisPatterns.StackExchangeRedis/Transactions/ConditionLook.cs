using RedisPatterns.StackExchangeRedis.Batches;
using RedisPatterns.StackExchangeRedis.Commands;
using RedisPatterns.StackExchangeRedis.Conversion;
using StackExchange.Redis;

namespace RedisPatterns.StackExchangeRedis.Transactions;

/// <summary>Looks at one condition: a read first, and what follows from its answer.</summary>
internal sealed class ConditionLook(BatchCondition condition, IDatabaseAsync reader)
{
    private const string Operation = "A condition";
    private readonly RedisKey _key = DriverValues.ToKey(condition.Key);
    private readonly Task<RedisResult> _reading = Read(condition, reader);

    public async Task<Finding> FindAsync()
    {
        var answer = await Answer.OfAsync(_reading, Operation).ConfigureAwait(false);
        if (answer.Error is { } error)
        {
            return Finding.False(error);
        }

        var subject = condition.Subject.IsNull ? default : DriverValues.ToValue(condition.Subject);
        return condition.Kind switch
        {
            ConditionKind.KeyExists => When(answer.Count == 1, Condition.KeyExists(_key)),
            ConditionKind.KeyAbsent => When(answer.Count == 0, Condition.KeyNotExists(_key)),
            ConditionKind.KeyType => Pins.TypeOf(answer.Value.ToString()) == condition.Type
                ? Finding.True(Holding(condition.Type, answer.Value.ToString()))
                : Finding.False(),
            ConditionKind.StringEquals => When(answer.Value == AsSent(condition.Operand), Pins.Text(_key, answer.Value)),
            ConditionKind.Number => Number(answer.Value),
            ConditionKind.HashFieldEquals => When(answer.Value == AsSent(condition.Operand), Condition.HashEqual(_key, subject, DriverValues.ToValue(condition.Operand))),
            ConditionKind.HashFieldExists => When(answer.Count == 1, Condition.HashExists(_key, subject)),
            ConditionKind.HashFieldAbsent => When(answer.Count == 0, Condition.HashNotExists(_key, subject)),
            ConditionKind.SetContains => When(answer.Count == 1, Condition.SetContains(_key, subject)),
            ConditionKind.SetLacks => When(answer.Count == 0, Condition.SetNotContains(_key, subject)),
            ConditionKind.SortedSetContains => When(!answer.Reply.IsNull, Condition.SortedSetContains(_key, subject)),
            ConditionKind.SortedSetLacks => When(answer.Reply.IsNull, Condition.SortedSetNotContains(_key, subject)),
            ConditionKind.Score => !answer.Reply.IsNull && Compares(Replies.ToDouble(answer.Reply).CompareTo(condition.Operand.AsDouble()))
                ? Finding.True(Condition.SortedSetEqual(_key, subject, Replies.ToDouble(answer.Reply)))
                : Finding.False(),
            ConditionKind.SameReply => ReplyFingerprint.Of(answer.Reply).Text == condition.Operand
                ? Finding.True(ReadPins.Of(condition.Read!, answer.Reply))
                : Finding.False(),
            _ => When(Compares(answer.Count.CompareTo(condition.Operand.AsInt64())), Pins.Count(_key, condition.Type, answer.Count)),
        };
    }

    private static Task<RedisResult> Read(BatchCondition condition, IDatabaseAsync reader)
    {
        if (condition.Read is { } read)
        {
            return reader.ExecuteAsync(read.Definition.Verb, DriverCommand.Arguments(read), CommandFlags.DemandMaster);
        }

        var key = DriverValues.ToKey(condition.Key);
        object[] arguments = condition.Subject.IsNull ? [key] : [key, DriverValues.ToValue(condition.Subject)];
        var verb = condition.Kind switch
        {
            ConditionKind.KeyExists or ConditionKind.KeyAbsent => "EXISTS",
            ConditionKind.KeyType => "TYPE",
            ConditionKind.StringEquals or ConditionKind.Number => "GET",
            ConditionKind.HashFieldEquals => "HGET",
            ConditionKind.HashFieldExists or ConditionKind.HashFieldAbsent => "HEXISTS",
            ConditionKind.SetContains or ConditionKind.SetLacks => "SISMEMBER",
            ConditionKind.SortedSetContains or ConditionKind.SortedSetLacks or ConditionKind.Score => "ZSCORE",
            ConditionKind.Cardinality => BatchCodes.CountOf(condition.Type),
            _ => throw new UnsupportedCommandException($"{condition.Kind}: the store does not know the condition."),
        };
        return reader.ExecuteAsync(verb, arguments, CommandFlags.DemandMaster);
    }

    private static StoreValue AsSent(StoreValue value) => value.IsDouble ? value.AsText() : value;

    private static Finding When(bool holds, params Condition[] pins) => holds ? Finding.True(pins) : Finding.False();

    private Condition Holding(DataType type, string name) =>
        type == DataType.Other ? throw Pins.NotWithoutScripts() : Pins.Type(_key, name);

    private Finding Number(StoreValue value)
    {
        var number = value.IsNull ? 0 : value;
        if (number.TryGetInt64(out var integer))
        {
            return When(Compares(integer.CompareTo(condition.Operand.AsInt64())), Pins.Text(_key, value));
        }

        return number.TryGetDouble(out var real) && IsInRange(number.ToString(), real)
            ? When(Compares(real.CompareTo(condition.Operand.AsDouble())), Pins.Text(_key, value))
            : Finding.False(StoreErrors.FromServer("ERR value is not a valid float", Operation));
    }

    // Infinities and zeros must be written as such.
    private static bool IsInRange(string text, double number)
    {
        var end = text.AsSpan().IndexOfAny('e', 'E');
        return double.IsInfinity(number) ? !text.AsSpan().ContainsAnyInRange('0', '9')
            : number != 0 || !(end < 0 ? text : text.AsSpan(0, end)).ContainsAnyInRange('1', '9');
    }

    private bool Compares(int order) => condition.Comparison switch
    {
        Comparison.Equal => order == 0,
        Comparison.NotEqual => order != 0,
        Comparison.Less => order < 0,
        Comparison.LessOrEqual => order <= 0,
        Comparison.Greater => order > 0,
        _ => order >= 0,
    };
}
