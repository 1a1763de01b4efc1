using RedisPatterns.Commands;

namespace RedisPatterns;

internal sealed partial class BatchPlanner
{
    private bool VisitStreams(StoreCommand command)
    {
        switch (command.Definition.Name)
        {
            case "XADD":
                AddEntry(command);
                return true;
            case "XREADGROUP":
                RequireGroups(command, command[1]);
                VisitByRow(command);
                return true;
            case "XPENDING" or "XCLAIM" or "XAUTOCLAIM":
                RequireGroups(command, command[1]);
                VisitByRow(command);
                return true;
            case "XGROUP CREATE" or "XGROUP CREATECONSUMER" or "XGROUP DELCONSUMER" or "XGROUP DESTROY" or "XGROUP SETID"
                or "XSETID" or "XINFO STREAM" or "XINFO GROUPS" or "XINFO CONSUMERS":
                VisitByRow(command);
                _certain = false;
                return true;
            case "XDEL" or "XTRIM" or "XACK":
                // The last id and the groups stay.
                RequireType(Facts(command, 0), DataType.Stream);
                Written(Facts(command, 0));
                return true;
            default:
                return false;
        }
    }

    private void RequireGroups(StoreCommand command, StoreValue group)
    {
        foreach (var key in command.Keys)
        {
            var facts = Facts(key);
            RequireType(facts, DataType.Stream);
            if (facts.IsUntouched)
            {
                Require(new Precheck(PrecheckKind.Group, Index, key) { Type = DataType.Stream, Subject = group });
            }
            else
            {
                _certain = false;
            }
        }
    }

    private void AddEntry(StoreCommand command)
    {
        var facts = Facts(command, 0);
        var wasAbsent = facts.Fact == TypeFact.Absent;
        var wasUntouched = facts.IsUntouched;
        RequireType(facts, DataType.Stream);
        Written(facts);
        var at = IdPosition(command);
        var last = facts.LastId;
        facts.Change(DataType.Stream);
        facts.LastId = null;
        if (command[at] == "*")
        {
            return;
        }

        if (!StreamId.TryParse(command[at].AsText(), out var id) || id == StreamId.Zero)
        {
            _certain = false;
        }
        else if (wasUntouched)
        {
            Require(new Precheck(PrecheckKind.StreamIdAbove, Index, facts.Key) { Type = DataType.Stream, Subject = id.ToString() });
            facts.LastId = id;
        }
        else if (wasAbsent || (last is { } before && before < id))
        {
            facts.LastId = id;
        }
        else
        {
            _certain = false;
        }
    }

    private static int IdPosition(StoreCommand command)
    {
        var at = 1;
        while (true)
        {
            switch (command[at].AsText())
            {
                case "NOMKSTREAM":
                    at++;
                    break;
                case "MAXLEN" or "MINID":
                    at += command[at + 1].AsText() is "=" or "~" ? 3 : 2;
                    break;
                case "LIMIT":
                    at += 2;
                    break;
                default:
                    return at;
            }
        }
    }
}
