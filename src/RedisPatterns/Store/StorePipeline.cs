namespace RedisPatterns;

/// <summary>Commands that are sent together: one round trip, carried out in order, not atomic.</summary>
/// <remarks>
/// Every command has an outcome of its own: one that fails does not stop those behind it. Not thread-safe; send it once.
/// In a cluster the commands go to the nodes that own their keys, each node's in order, in one round trip to each.
/// </remarks>
public sealed class StorePipeline
{
    private readonly List<PendingReply> _replies = [];

    /// <summary>The commands' places, in the order in which they were added.</summary>
    public IReadOnlyList<PendingReply> Replies => _replies;

    /// <summary>The number of commands.</summary>
    public int Count => _replies.Count;

    /// <summary>Adds a command.</summary>
    /// <typeparam name="TReply">What it answers.</typeparam>
    /// <param name="command">The command.</param>
    /// <returns>The place of its reply.</returns>
    public PendingReply<TReply> Add<TReply>(StoreCommand<TReply> command)
    {
        ArgumentNullException.ThrowIfNull(command);
        var pending = command.CreatePending();
        _replies.Add(pending);
        return pending;
    }

    /// <summary>Adds a command whose reply type is not known here.</summary>
    /// <param name="command">The command.</param>
    /// <returns>The place of its reply.</returns>
    public PendingReply Add(StoreCommand command)
    {
        ArgumentNullException.ThrowIfNull(command);
        var pending = command.CreatePending();
        _replies.Add(pending);
        return pending;
    }

    /// <summary>Throws the first error among the outcomes, if there is one.</summary>
    /// <exception cref="StoreException">A command failed.</exception>
    public void ThrowIfAnyFailed()
    {
        foreach (var reply in _replies)
        {
            if (reply.Error is { } error)
            {
                throw error;
            }
        }
    }
}
