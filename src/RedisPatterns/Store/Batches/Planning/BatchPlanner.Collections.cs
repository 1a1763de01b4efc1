namespace RedisPatterns;

internal sealed partial class BatchPlanner
{
    private bool VisitBits(StoreCommand command)
    {
        if (command.Definition.Name != "BITOP")
        {
            return false;
        }

        Store(command, destination: 1, DataType.String, source => RequireType(source, DataType.String));
        return true;
    }

    private bool VisitHyperLogLogs(StoreCommand command)
    {
        var first = true;
        foreach (var key in command.Keys)
        {
            var facts = Facts(key);
            RequireType(facts, DataType.String);
            if (facts.IsUntouched)
            {
                Require(new Precheck(PrecheckKind.HyperLogLog, Index, key));
            }
            else if (facts.Text.Kind != ContentKind.Absent)
            {
                _certain = false;
            }

            if (!command.Definition.IsWrite)
            {
                // PFCOUNT keeps what it counted in the key.
                Written(facts);
            }
            else if (first)
            {
                Written(facts);
                facts.Change(DataType.String);
            }

            first = false;
        }

        return true;
    }

    private bool VisitLists(StoreCommand command)
    {
        switch (command.Definition.Name)
        {
            case "LSET":
                var facts = Facts(command, 0);
                RequireType(facts, DataType.List);
                if (facts.HasInitialLength && facts.Fact != TypeFact.Absent)
                {
                    Require(new Precheck(PrecheckKind.ListIndex, Index, facts.Key) { Type = DataType.List, Subject = command[1] });
                }
                else
                {
                    _certain = false;
                }

                // An element has another value, and the list the same length.
                Written(facts);
                facts.Change(DataType.List);
                facts.HasInitialLength = _certain;
                return true;
            case "LMOVE":
                Move(Facts(command, 0), Facts(command, 1), DataType.List);
                return true;
            case "LMPOP":
                return TakesOneKeyOf(command);
            default:
                return false;
        }
    }

    private bool VisitCollections(StoreCommand command)
    {
        switch (command.Definition.Name)
        {
            case "SINTERSTORE" or "SUNIONSTORE" or "SDIFFSTORE":
                Store(command, destination: 0, DataType.Set, source => RequireType(source, DataType.Set));
                return true;
            case "SMOVE":
                Move(Facts(command, 0), Facts(command, 1), DataType.Set);
                return true;
            case "ZUNION" or "ZINTER" or "ZDIFF" or "ZINTERCARD":
                foreach (var key in command.Keys)
                {
                    RequireSetOrSortedSet(Facts(key));
                }

                return true;
            case "ZUNIONSTORE" or "ZINTERSTORE" or "ZDIFFSTORE":
                Store(command, destination: 0, DataType.SortedSet, RequireSetOrSortedSet);
                return true;
            case "ZRANGESTORE":
                Store(command, destination: 0, DataType.SortedSet, source => RequireType(source, DataType.SortedSet));
                return true;
            case "GEOSEARCH":
                RequireType(Facts(command, 0), DataType.SortedSet);
                RequireOrigin(command, Facts(command, 0));
                return true;
            case "GEOSEARCHSTORE":
                RequireOrigin(command, Facts(command, 1));
                Store(command, destination: 0, DataType.SortedSet, source => RequireType(source, DataType.SortedSet));
                return true;
            case "ZMPOP":
                return TakesOneKeyOf(command);
            case "ZINCRBY":
                // Only infinities that meet give no number.
                _certain = command[1].TryGetDouble(out var increment) && double.IsFinite(increment);
                VisitByRow(command);
                return true;
            case "ZADD" when HasWord(command, "INCR"):
                _certain = command[command.ArgumentCount - 2].TryGetDouble(out var score) && double.IsFinite(score);
                VisitByRow(command);
                return true;
            default:
                return false;
        }
    }

    private static bool HasWord(StoreCommand command, string word)
    {
        for (var i = 1; i < command.ArgumentCount - 2; i++)
        {
            if (command[i].TryGetText(out var text) && text.Equals(word, StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        return false;
    }

    // Which of several keys it looks at depends on which of them exist.
    private bool TakesOneKeyOf(StoreCommand command)
    {
        _isDecisive = command[0] == 1;
        VisitByRow(command);
        return true;
    }

    private void Store(StoreCommand command, int destination, DataType type, Action<KeyFacts> requireSource)
    {
        for (var i = 0; i < command.ArgumentCount; i++)
        {
            if (i != destination && command[i].IsKey)
            {
                requireSource(Facts(command, i));
            }
        }

        Written(Facts(command, destination));
        Facts(command, destination).Put(type);
    }

    private void Move(KeyFacts source, KeyFacts destination, DataType type)
    {
        RequireType(source, type);

        // The destination is looked at only when there is something to move.
        _isDecisive = false;
        var wasInitial = destination.Fact == TypeFact.Initial;
        RequireType(destination, type);
        Written(source);
        Written(destination);
        source.Change(type);
        if (wasInitial)
        {
            destination.Forget(mayHoldAnotherType: true);
        }
        else
        {
            destination.Change(type);
        }
    }

    private void RequireSetOrSortedSet(KeyFacts facts)
    {
        switch (facts.Fact)
        {
            case TypeFact.Initial:
                Require(new Precheck(PrecheckKind.SetOrSortedSet, Index, facts.Key));
                break;
            case TypeFact.Checked when facts.Type is DataType.Set or DataType.SortedSet:
            case TypeFact.Absent:
                break;
            default:
                _certain = false;
                break;
        }
    }

    private void RequireOrigin(StoreCommand command, KeyFacts source)
    {
        for (var i = 1; i + 1 < command.ArgumentCount; i++)
        {
            if (command[i].IsKey || command[i].AsText() != "FROMMEMBER")
            {
                continue;
            }

            if (source.IsUntouched)
            {
                RequireType(source, DataType.SortedSet);
                Require(new Precheck(PrecheckKind.Member, Index, source.Key) { Type = DataType.SortedSet, Subject = command[i + 1] });
            }
            else
            {
                _certain &= source.Fact == TypeFact.Absent;
            }

            return;
        }
    }
}
