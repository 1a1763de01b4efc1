using RedisPatterns.Commands;

namespace RedisPatterns.StackExchangeRedis.Batches;

/// <summary>The batch script as functions: one text under three names, since a server decides by a function's flags when it may run.</summary>
internal sealed class BatchFunctions : FunctionLibrary
{
    private readonly AtomicScript _grows;
    private readonly AtomicScript _deletes;
    private readonly AtomicScript _reads;

    // The version is raised whenever the script changes; a test holds it to the digest.
    private BatchFunctions()
        : base("redispatterns", version: 1)
    {
        _grows = Function("batch", BatchScript.Instance);
        _deletes = Function("batch_deletes", BatchScript.Instance, runsAtMemoryLimit: true);
        _reads = Function("batch_reads", new AtomicScript<StoreReply>(BatchScript.Instance.Name, BatchScript.Instance.Lua, Replies.Raw, isReadOnly: true));
    }

    public static BatchFunctions Instance { get; } = new();

    /// <summary>The function for a batch.</summary>
    public AtomicScript For(AtomicBatch batch)
    {
        var traits = batch.IdempotencyKey.IsNull ? CommandTraits.None : CommandTraits.Write;
        foreach (var reply in batch.Replies)
        {
            traits |= IsSurelyRead(reply.Command.Definition) ? CommandTraits.None : reply.Command.Definition.Traits | CommandTraits.Write;
        }

        return (traits & CommandTraits.Grows) != 0 ? _grows : (traits & CommandTraits.Write) != 0 ? _deletes : _reads;
    }

    // PFCOUNT keeps what it has counted, which a server takes for a write in a function that says that it has none.
    private static bool IsSurelyRead(CommandDefinition command) =>
        !command.IsWrite && command.Family != CommandFamily.Other && !ReferenceEquals(command, CommandTable.PfCount);
}
