using RedisPatterns.StackExchangeRedis.Conversion;
using StackExchange.Redis;

namespace RedisPatterns.StackExchangeRedis.Batches;

/// <summary>A batch as the keys and arguments of <see cref="BatchScript"/>.</summary>
internal sealed class BatchRequest
{
    // It has no memory limit of this kind, and its SETRANGE of nothing writes.
    private const string Garnet = "garnet";

    private readonly List<RedisValue> _arguments;
    private readonly Dictionary<StoreKey, int> _positions;

    private BatchRequest(AtomicBatch batch, BatchPlan plan, StoreCapabilities capabilities)
    {
        var keys = batch.GetKeys();
        _positions = new Dictionary<StoreKey, int>(keys.Count);
        Keys = new RedisKey[keys.Count];
        if (!batch.IdempotencyKey.IsNull)
        {
            Place(batch.IdempotencyKey);
        }

        foreach (var key in keys)
        {
            Place(key);
        }

        _arguments = new List<RedisValue>(16 + (5 * batch.Conditions.Count) + (7 * plan.Prechecks.Count) + (8 * plan.Steps.Count));
        var sendsWritten = capabilities.Has(StoreFeatures.Dump) && plan.HasDoubts;
        var firstWrite = FirstWrite(plan);
        _arguments.Add(batch.Conditions.Count);
        _arguments.Add(plan.Prechecks.Count);
        _arguments.Add(plan.Steps.Count);
        _arguments.Add(capabilities.Server != Garnet && NeedsGuard(plan, firstWrite) ? 1 : 0);
        _arguments.Add(batch.IdempotencyKey.IsNull ? 0 : batch.IdempotencyLifetime.Ticks / TimeSpan.TicksPerMillisecond);
        _arguments.Add(sendsWritten ? 1 : 0);
        _arguments.Add(firstWrite + 1);
        foreach (var condition in batch.Conditions)
        {
            Add(condition);
        }

        foreach (var precheck in plan.Prechecks)
        {
            Add(precheck);
        }

        AddDoubts(plan);
        foreach (var step in plan.Steps)
        {
            Add(step, sendsWritten);
        }
    }

    public RedisKey[] Keys { get; }

    public RedisValue[] Arguments => [.. _arguments];

    /// <summary>Writes a batch down.</summary>
    /// <exception cref="CrossSlotException">Its keys do not share a hash slot.</exception>
    /// <exception cref="UnsupportedCommandException">A command has more arguments than Lua can pass on.</exception>
    public static BatchRequest Create(AtomicBatch batch, BatchPlan plan, StoreCapabilities capabilities) => new(batch, plan, capabilities);

    private static int FirstWrite(BatchPlan plan)
    {
        for (var i = 0; i < plan.Steps.Count; i++)
        {
            if (plan.Steps[i].Command.Definition.IsWrite)
            {
                return i;
            }
        }

        return plan.Steps.Count;
    }

    // A first write that enlarges nothing would let the script pass the memory limit.
    private static bool NeedsGuard(BatchPlan plan, int firstWrite)
    {
        if (firstWrite == plan.Steps.Count || Grows(plan.Steps[firstWrite]))
        {
            return false;
        }

        for (var i = firstWrite + 1; i < plan.Steps.Count; i++)
        {
            if (Grows(plan.Steps[i]))
            {
                return true;
            }
        }

        return false;
    }

    private static bool Grows(BatchStep step) => (step.Command.Definition.Traits & CommandTraits.Grows) != 0;

    private void Place(StoreKey key)
    {
        if (_positions.TryAdd(key, _positions.Count + 1))
        {
            Keys[_positions.Count - 1] = DriverValues.ToKey(key);
        }
    }

    private void Add(BatchCondition condition)
    {
        _arguments.Add(BatchCodes.Of(condition.Kind));
        _arguments.Add(_positions[condition.Key]);
        switch (condition.Kind)
        {
            case ConditionKind.KeyType:
                AddThree(BatchCodes.NameOf(condition.Type), 0, 0);
                break;
            case ConditionKind.StringEquals:
                AddThree(DriverValues.ToValue(condition.Operand), 0, 0);
                break;
            case ConditionKind.Number:
                AddThree(DriverValues.ToValue(condition.Operand), 0, BatchCodes.Of(condition.Comparison));
                break;
            case ConditionKind.Cardinality:
                AddThree(BatchCodes.CountOf(condition.Type), DriverValues.ToValue(condition.Operand), BatchCodes.Of(condition.Comparison));
                break;
            case ConditionKind.SameReply:
                AddRead(condition);
                break;
            default:
                AddThree(ValueOrNone(condition.Subject), ValueOrNone(condition.Operand), BatchCodes.Of(condition.Comparison));
                break;
        }
    }

    private void AddRead(BatchCondition condition)
    {
        var read = condition.Read!;
        var count = CountOf(read);
        if (count > BatchScript.MaximumArguments)
        {
            throw new UnsupportedCommandException(
                $"{read.Definition.Name}: a read that a batch depends on has at most {BatchScript.MaximumArguments} arguments; nothing was sent.");
        }

        AddThree(ValueOrNone(condition.Subject), DriverValues.ToValue(condition.Operand), count);
        AddCommand(read);
    }

    private static RedisValue ValueOrNone(StoreValue value) => value.IsNull ? 0 : DriverValues.ToValue(value);

    private void AddThree(RedisValue first, RedisValue second, RedisValue third)
    {
        _arguments.Add(first);
        _arguments.Add(second);
        _arguments.Add(third);
    }

    private void Add(Precheck precheck)
    {
        _arguments.Add(BatchCodes.Of(precheck.Kind));
        _arguments.Add(precheck.CommandIndex + 1);
        _arguments.Add(_positions[precheck.Key]);
        AddThree(
            precheck.Kind == PrecheckKind.Type ? BatchCodes.CountOf(precheck.Type) : ValueOrNone(precheck.Subject),
            precheck.Low,
            precheck.High);
        _arguments.Add(precheck.IsDecisive ? 1 : 0);
    }

    private void AddDoubts(BatchPlan plan)
    {
        var place = _arguments.Count;
        _arguments.Add(0);
        for (var i = 0; i < plan.Steps.Count; i++)
        {
            if (!plan.Steps[i].IsCertain)
            {
                _arguments.Add(i + 1);
            }
        }

        _arguments[place] = _arguments.Count - place - 1;
    }

    private void Add(BatchStep step, bool sendsWritten)
    {
        var command = step.Command;
        var definition = command.Definition;
        var count = CountOf(command);
        var inPieces = count > BatchScript.MaximumArguments;
        if (inPieces && definition.RepeatFrom < 0)
        {
            throw new UnsupportedCommandException(
                $"{definition.Name}: a command of a batch has at most {BatchScript.MaximumArguments} arguments; nothing was sent.");
        }

        _arguments.Add(count);
        _arguments.Add(inPieces ? "p" : ExactIntegers.ModeOf(command) ?? (definition.IsWrite ? "w" : "n"));
        if (sendsWritten)
        {
            _arguments.Add(step.Written.Count);
            foreach (var key in step.Written)
            {
                _arguments.Add(_positions[key]);
            }
        }

        if (inPieces)
        {
            _arguments.Add(definition.RepeatFrom);
            _arguments.Add(definition.RepeatStep);
        }

        AddCommand(command);
    }

    private static int CountOf(StoreCommand command) => command.ArgumentCount + (command.Definition.Subcommand is null ? 1 : 2);

    private void AddCommand(StoreCommand command)
    {
        _arguments.Add(command.Definition.Verb);
        if (command.Definition.Subcommand is { } subcommand)
        {
            _arguments.Add(subcommand);
        }

        for (var i = 0; i < command.ArgumentCount; i++)
        {
            _arguments.Add(DriverValues.ToValue(command[i]));
        }
    }
}
