namespace RedisPatterns;

internal sealed partial class BatchPlanner
{
    private bool VisitHashes(StoreCommand command)
    {
        var name = command.Definition.Name;
        if (name is not ("HSET" or "HSETNX" or "HDEL" or "HINCRBY" or "HINCRBYFLOAT"))
        {
            return false;
        }

        var facts = Facts(command, 0);
        RequireType(facts, DataType.Hash);
        Written(facts);
        var field = command[1];
        switch (name)
        {
            case "HSET":
                for (var i = 1; i + 1 < command.ArgumentCount; i += 2)
                {
                    facts.SetField(command[i], ContentFact.Known(command[i + 1]));
                }

                break;
            case "HSETNX":
                facts.SetField(field, facts.Field(field) switch
                {
                    { Kind: ContentKind.Absent } => ContentFact.Known(command[2]),
                    { Kind: ContentKind.Known or ContentKind.Shifted or ContentKind.Float } known => known,
                    _ => ContentFact.Changed,
                });
                break;
            case "HDEL":
                for (var i = 1; i < command.ArgumentCount; i++)
                {
                    facts.SetField(command[i], ContentFact.Absent);
                }

                break;
            case "HINCRBY":
                facts.SetField(field, Increment(facts.Field(field), command[2], new Precheck(PrecheckKind.HashInteger, Index, facts.Key) { Subject = field }));
                break;
            default:
                facts.SetField(field, IncrementFloat(facts.Field(field), command[2], new Precheck(PrecheckKind.HashFloat, Index, facts.Key) { Subject = field }));
                break;
        }

        return true;
    }
}
