namespace RedisPatterns;

internal sealed partial class BatchPlanner
{
    private bool VisitKeys(StoreCommand command)
    {
        switch (command.Definition.Name)
        {
            case "EXISTS" or "TOUCH" or "TYPE" or "PTTL" or "PEXPIRETIME":
                return true;
            case "DEL" or "UNLINK":
                foreach (var key in command.Keys)
                {
                    var facts = Facts(key);
                    Written(facts);
                    facts.Remove();
                }

                return true;
            case "PERSIST":
                Written(Facts(command, 0));
                return true;
            case "PEXPIRE" when command[1].TryGetInt64(out var span) && span > 0:
                Written(Facts(command, 0));
                return true;
            case "PEXPIRE" or "PEXPIREAT":
                // A moment that has passed deletes the key.
                Written(Facts(command, 0));
                Facts(command, 0).Forget(mayHoldAnotherType: Facts(command, 0).Fact == TypeFact.Initial);
                return true;
            case "RENAME" or "RENAMENX":
                Rename(Facts(command, 0), Facts(command, 1), command.Definition.Name == "RENAME");
                return true;
            case "COPY":
                Written(Facts(command, 1));
                Facts(command, 1).Forget(mayHoldAnotherType: true);
                _certain = command[0] != command[1];
                return true;
            default:
                return false;
        }
    }

    private void Rename(KeyFacts source, KeyFacts destination, bool always)
    {
        if (source.IsUntouched)
        {
            Require(new Precheck(PrecheckKind.KeyExists, Index, source.Key));
        }
        else if (source.Text.Kind is not (ContentKind.Known or ContentKind.Shifted or ContentKind.Float))
        {
            _certain = false;
        }

        Written(source);
        Written(destination);
        var (fact, type) = (source.Fact, source.Type);
        if (always && source.Key != destination.Key)
        {
            source.Remove();
        }
        else
        {
            // It may be where it was or gone: a type that was not checked is not known any more.
            source.Forget(mayHoldAnotherType: source.Key == destination.Key || source.Fact == TypeFact.Initial);
        }

        if (always && fact == TypeFact.Checked)
        {
            destination.Change(type);
        }
        else
        {
            destination.Forget(mayHoldAnotherType: true);
        }
    }
}
