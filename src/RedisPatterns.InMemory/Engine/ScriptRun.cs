namespace RedisPatterns.InMemory;

/// <summary>What the twin of a script works with.</summary>
internal sealed class ScriptRun(CommandRunner runner, CommandContext context, ScriptCall call, int mark) : IScriptContext
{
    public IReadOnlyList<StoreKey> Keys => call.Keys;

    public IReadOnlyList<StoreValue> Arguments => call.Arguments;

    public long NowMilliseconds => context.Now;

    public TReply Call<TReply>(StoreCommand<TReply> command)
    {
        ArgumentNullException.ThrowIfNull(command);
        if (command.Definition.IsWrite && call.Script.IsReadOnly)
        {
            throw new ScriptException($"{call.Script.Name}: a read-only script must not call {command.Definition.Name}.");
        }

        if ((command.Definition.Traits & CommandTraits.NotInBatch) != 0)
        {
            throw new ScriptException($"{call.Script.Name}: {command.Definition.Name} can not be called by a script.");
        }

        // The twin may catch the error and go on, so a command that fails must leave nothing by itself.
        var savepoint = context.Database.Journal.Begin();
        StoreReply reply;
        try
        {
            reply = runner.Execute(command);
        }
        catch
        {
            context.Rollback(savepoint);
            throw;
        }

        context.Commit();
        return command.Reader(reply);
    }

    public void Rollback()
    {
        context.Rollback(mark);
        context.Database.Journal.Begin();
    }
}
