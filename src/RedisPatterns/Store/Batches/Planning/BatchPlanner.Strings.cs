namespace RedisPatterns;

internal sealed partial class BatchPlanner
{
    private const long MaximumStringLength = 512L * 1024 * 1024;

    // Numbers beyond this are left to be tried: their sums may leave the range.
    private const double SafeFloat = 1e300;

    // The longest form of a number that a server writes.
    private const int NumberLength = 5_100;

    private bool VisitStrings(StoreCommand command)
    {
        switch (command.Definition.Name)
        {
            case "MGET":
                return true;
            case "SET":
                Set(command);
                return true;
            case "MSET":
                for (var i = 0; i < command.ArgumentCount; i += 2)
                {
                    Written(Facts(command, i));
                    Facts(command, i).Put(DataType.String, ContentFact.Known(command[i + 1]));
                }

                return true;
            case "MSETNX":
                foreach (var key in command.Keys)
                {
                    Written(Facts(key));
                    Facts(key).Forget(mayHoldAnotherType: !IsString(Facts(key)));
                }

                return true;
            case "GETDEL":
                RequireType(Facts(command, 0), DataType.String);
                Written(Facts(command, 0));
                Facts(command, 0).Remove();
                return true;
            case "GETEX":
                RequireType(Facts(command, 0), DataType.String);
                Written(Facts(command, 0));
                Facts(command, 0).Change(DataType.String);
                return true;
            case "INCRBY":
                {
                    var facts = Facts(command, 0);
                    RequireType(facts, DataType.String);
                    Written(facts);
                    facts.Write(Increment(facts.Text, command[1], new Precheck(PrecheckKind.Integer, Index, facts.Key)));
                    return true;
                }

            case "INCRBYFLOAT":
                {
                    var facts = Facts(command, 0);
                    RequireType(facts, DataType.String);
                    Written(facts);
                    facts.Write(IncrementFloat(facts.Text, command[1], new Precheck(PrecheckKind.Float, Index, facts.Key)));
                    return true;
                }

            case "APPEND":
                Append(Facts(command, 0), command[1].GetByteCount());
                return true;
            case "SETRANGE":
                RequireType(Facts(command, 0), DataType.String);
                _certain &= command[1].TryGetInt64(out var offset) && offset + command[2].GetByteCount() <= MaximumStringLength;
                Written(Facts(command, 0));
                Facts(command, 0).Change(DataType.String);
                return true;
            default:
                return false;
        }
    }

    private static bool IsString(KeyFacts facts) => facts.Fact == TypeFact.Checked && facts.Type == DataType.String;

    private void Set(StoreCommand command)
    {
        var facts = Facts(command, 0);
        var isConditional = false;
        var mayVanish = false;
        for (var i = 2; i < command.ArgumentCount; i++)
        {
            switch (command[i].AsText())
            {
                case "NX" or "XX":
                    isConditional = true;
                    break;
                case "GET":
                    RequireType(facts, DataType.String);
                    break;
                case "PXAT" or "EXAT":
                    mayVanish = true;
                    break;
                default:
                    break;
            }
        }

        Written(facts);
        if (isConditional)
        {
            facts.Forget(mayHoldAnotherType: !IsString(facts));
        }
        else
        {
            facts.Put(DataType.String, mayVanish ? ContentFact.Changed : ContentFact.Known(command[1]));
        }
    }

    private void Append(KeyFacts facts, int count)
    {
        RequireType(facts, DataType.String);
        var text = facts.Text;
        var length = text.Kind switch
        {
            ContentKind.Initial or ContentKind.Appended => text.Sum + count,
            ContentKind.Known => text.Value.GetByteCount() + count,
            ContentKind.Absent => count,
            ContentKind.Shifted or ContentKind.Float => NumberLength + count,
            _ => MaximumStringLength + 1,
        };

        // What was appended is remembered as if it were a value of that length, of which nothing else is known.
        var next = ContentFact.Changed;
        if (text.Kind is ContentKind.Initial or ContentKind.Appended && length <= MaximumStringLength)
        {
            Require(new Precheck(PrecheckKind.StringLength, Index, facts.Key) { High = (long)(MaximumStringLength - length) });
            next = new ContentFact(ContentKind.Appended, length);
        }
        else
        {
            _certain &= length <= MaximumStringLength;
        }

        Written(facts);
        facts.Write(next);
    }

    // What the content is when the increment has succeeded.
    private ContentFact Increment(ContentFact content, StoreValue increment, Precheck precheck)
    {
        if (!increment.TryGetInt64(out var delta))
        {
            _certain = false;
            return ContentFact.Changed;
        }

        switch (content.Kind)
        {
            case ContentKind.Initial or ContentKind.Shifted:
                var sum = content.Sum + delta;
                var low = Int128.Max(long.MinValue, long.MinValue - sum);
                var high = Int128.Min(long.MaxValue, long.MaxValue - sum);
                if (low > high)
                {
                    _certain = false;
                    return ContentFact.Changed;
                }

                Require(precheck with { Low = (long)low, High = (long)high });
                return new ContentFact(ContentKind.Shifted, sum);
            case ContentKind.Absent:
                return ContentFact.Known(delta);
            case ContentKind.Known when content.Value.TryGetInt64(out var value) && (Int128)value + delta is var result
                && result >= long.MinValue && result <= long.MaxValue:
                return ContentFact.Known((long)result);
            default:
                _certain = false;
                return ContentFact.Changed;
        }
    }

    private ContentFact IncrementFloat(ContentFact content, StoreValue increment, Precheck precheck)
    {
        var isSafe = increment.TryGetDouble(out var delta) && Math.Abs(delta) < SafeFloat;
        switch (content.Kind)
        {
            case ContentKind.Initial when isSafe:
                Require(precheck);
                break;
            case ContentKind.Shifted or ContentKind.Float or ContentKind.Absent:
            case ContentKind.Known when content.Value.TryGetDouble(out var value) && Math.Abs(value) < SafeFloat:
                _certain &= isSafe;
                break;
            default:
                _certain = false;
                break;
        }

        return ContentFact.Float;
    }
}
