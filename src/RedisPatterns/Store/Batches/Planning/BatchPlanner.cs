namespace RedisPatterns;

/// <summary>
/// Follows a batch command by command and notes what is known of each key. A check of the data before the batch proves
/// something of a later command only when no command in between can have changed what it looks at.
/// </summary>
internal sealed partial class BatchPlanner
{
    private readonly Dictionary<StoreKey, KeyFacts> _facts = [];
    private readonly List<Precheck> _prechecks = [];
    private readonly List<BatchStep> _steps = [];
    private readonly List<StoreKey> _written = [];
    private bool _certain;
    private bool _isDecisive;

    public IReadOnlyList<Precheck> Prechecks => _prechecks;

    public IReadOnlyList<BatchStep> Steps => _steps;

    private int Index => _steps.Count;

    public void Add(StoreCommand command)
    {
        _certain = true;
        _isDecisive = true;
        _written.Clear();
        Visit(command);
        _steps.Add(new BatchStep(command, _certain, _written.Count == 0 ? [] : [.. _written]));
    }

    private void Visit(StoreCommand command)
    {
        switch (command.Definition.Family)
        {
            case CommandFamily.Keys when VisitKeys(command):
            case CommandFamily.Strings when VisitStrings(command):
            case CommandFamily.Hashes when VisitHashes(command):
            case CommandFamily.Bits when VisitBits(command):
            case CommandFamily.HyperLogLogs when VisitHyperLogLogs(command):
            case CommandFamily.Lists when VisitLists(command):
            case CommandFamily.Sets or CommandFamily.SortedSets or CommandFamily.Geo when VisitCollections(command):
            case CommandFamily.Streams when VisitStreams(command):
                break;
            default:
                VisitByRow(command);
                break;
        }
    }

    // What the row of the table says: keys of one type, all of them changed by a write. Rows without a type are unknown.
    private void VisitByRow(StoreCommand command)
    {
        var definition = command.Definition;
        var type = definition.Family == CommandFamily.Other ? DataType.None : definition.KeyType;
        _certain &= type != DataType.None;
        foreach (var key in command.Keys)
        {
            var facts = Facts(key);
            if (type != DataType.None)
            {
                RequireType(facts, type);
            }

            if (!definition.IsWrite)
            {
                continue;
            }

            Written(facts);
            if (type != DataType.None && _isDecisive)
            {
                facts.Change(type);
            }
            else
            {
                facts.Forget(mayHoldAnotherType: true);
            }
        }
    }

    private KeyFacts Facts(StoreKey key)
    {
        if (!_facts.TryGetValue(key, out var facts))
        {
            _facts[key] = facts = new KeyFacts(key);
        }

        return facts;
    }

    private KeyFacts Facts(StoreCommand command, int index) => Facts(command[index].AsKey());

    private void Written(KeyFacts facts)
    {
        if (!_written.Contains(facts.Key))
        {
            _written.Add(facts.Key);
        }
    }

    private void Require(Precheck precheck) => _prechecks.Add(_isDecisive ? precheck : precheck with { IsDecisive = false });

    private void RequireType(KeyFacts facts, DataType type)
    {
        switch (facts.Fact)
        {
            case TypeFact.Initial:
                Require(new Precheck(PrecheckKind.Type, Index, facts.Key) { Type = type });
                facts.Check(type);
                break;
            case TypeFact.Checked when facts.Type == type:
            case TypeFact.Absent:
                break;
            default:
                _certain = false;
                break;
        }
    }
}
