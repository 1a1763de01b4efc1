using RedisPatterns.StackExchangeRedis.Batches;
using RedisPatterns.StackExchangeRedis.Conversion;
using StackExchange.Redis;

namespace RedisPatterns.StackExchangeRedis.Transactions;

/// <summary>Looks at one precheck: a read first, and what follows from its answer.</summary>
internal sealed class PrecheckLook(Precheck precheck, bool isAlone, string operation, IDatabaseAsync reader)
{
    private const int HeaderLength = 16;
    private const double GreatSize = 1e100;
    private const int DenseLength = 12_304;
    private readonly RedisKey _key = DriverValues.ToKey(precheck.Key);
    private readonly Task<RedisResult> _reading = Read(precheck, reader);
    private readonly Task<RedisResult> _existing = reader.ExecuteAsync("EXISTS", [DriverValues.ToKey(precheck.Key)], CommandFlags.DemandMaster);

    public Precheck Precheck => precheck;

    public async Task<Finding> FindAsync()
    {
        var answer = await Answer.OfAsync(_reading, operation).ConfigureAwait(false);
        var existing = await Answer.OfAsync(_existing, operation).ConfigureAwait(false);
        if (answer.Error is { } error)
        {
            return Finding.False(error);
        }

        var exists = existing.Count == 1;
        var subject = precheck.Subject.IsNull ? default : DriverValues.ToValue(precheck.Subject);
        return precheck.Kind switch
        {
            PrecheckKind.Type => Finding.True(Pins.TypeOrAbsent(_key, precheck.Type)),
            PrecheckKind.SetOrSortedSet => answer.Value.ToString() is "none" or "set" or "zset"
                ? Finding.True(Pins.Type(_key, answer.Value.ToString()))
                : Fails("WRONGTYPE Operation against a key holding the wrong kind of value"),
            PrecheckKind.Integer => Integer(answer.Value, Pins.Text(_key, answer.Value)),
            PrecheckKind.HashInteger => Integer(answer.Value, Pins.Field(_key, subject, answer.Value)),
            PrecheckKind.Float => Float(answer.Value, Pins.Text(_key, answer.Value)),
            PrecheckKind.HashFloat => Float(answer.Value, Pins.Field(_key, subject, answer.Value)),
            PrecheckKind.StringLength => answer.Count <= precheck.High
                ? Finding.True(Condition.StringLengthLessThan(_key, precheck.High + 1))
                : Fails("ERR string exceeds maximum allowed size"),
            PrecheckKind.HyperLogLog => HyperLogLog(answer.Value.AsMemory().Span, exists, Pins.Text(_key, answer.Value)),
            PrecheckKind.KeyExists => exists ? Finding.True(Condition.KeyExists(_key)) : Fails("ERR no such key"),
            PrecheckKind.ListIndex => !answer.Reply.IsNull
                ? Finding.True(Condition.ListIndexExists(_key, precheck.Subject.AsInt64()))
                : Fails(exists ? "ERR index out of range" : "ERR no such key"),
            PrecheckKind.Member => !exists ? Finding.True(Condition.KeyNotExists(_key))
                : !answer.Reply.IsNull ? Finding.True(Condition.SortedSetContains(_key, subject))
                : Fails("ERR could not decode requested zset member"),
            _ => throw Pins.NotWithoutScripts(),
        };
    }

    private static Task<RedisResult> Read(Precheck precheck, IDatabaseAsync reader)
    {
        var key = DriverValues.ToKey(precheck.Key);
        object[] arguments = precheck.Subject.IsNull ? [key] : [key, DriverValues.ToValue(precheck.Subject)];
        var verb = precheck.Kind switch
        {
            PrecheckKind.Type => BatchCodes.CountOf(precheck.Type),
            PrecheckKind.SetOrSortedSet => "TYPE",
            PrecheckKind.Integer or PrecheckKind.Float or PrecheckKind.HyperLogLog => "GET",
            PrecheckKind.HashInteger or PrecheckKind.HashFloat => "HGET",
            PrecheckKind.StringLength => "STRLEN",
            PrecheckKind.KeyExists => "EXISTS",
            PrecheckKind.ListIndex => "LINDEX",
            PrecheckKind.Member => "ZSCORE",
            _ => throw Pins.NotWithoutScripts(),
        };
        return reader.ExecuteAsync(verb, arguments, CommandFlags.DemandMaster);
    }

    // Of the sparse form only the server can tell whether it is sound.
    private Finding HyperLogLog(ReadOnlySpan<byte> bytes, bool exists, Condition[] pins)
    {
        if (!exists || (bytes.Length == DenseLength && bytes.StartsWith("HYLL\0"u8)))
        {
            return Finding.True(pins);
        }

        return bytes.Length < HeaderLength || !bytes.StartsWith("HYLL\u0001"u8) ? Fails("WRONGTYPE Key is not a valid HyperLogLog string value.")
            : isAlone ? Finding.True(pins)
            : throw Pins.NotWithoutScripts();
    }

    private Finding Fails(string error) => Finding.False(StoreErrors.FromServer(error, operation));

    private Finding Integer(StoreValue value, Condition[] pins)
    {
        if (!(value.IsNull ? 0 : value).TryGetInt64(out var number))
        {
            return Fails("ERR value is not an integer or out of range");
        }

        return number < precheck.Low || number > precheck.High ? Fails("ERR increment or decrement would overflow") : Finding.True(pins);
    }

    // Hexadecimal numbers and those of great size are left to the server, as in the script.
    private Finding Float(StoreValue value, Condition[] pins)
    {
        var number = 0.0;
        var isNumber = value.IsNull || value.TryGetDouble(out number);
        if (isNumber && Math.Abs(number) < GreatSize)
        {
            return Finding.True(pins);
        }

        var text = value.ToString().TrimStart('+', '-');
        var isOdd = isNumber || text.StartsWith("0x", StringComparison.OrdinalIgnoreCase)
            || text.StartsWith("inf", StringComparison.OrdinalIgnoreCase) || text.StartsWith("nan", StringComparison.OrdinalIgnoreCase);
        return !isOdd ? Fails("ERR value is not a valid float") : isAlone ? Finding.True(pins) : throw Pins.NotWithoutScripts();
    }
}
