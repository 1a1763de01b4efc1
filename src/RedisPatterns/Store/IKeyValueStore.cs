namespace RedisPatterns;

/// <summary>A store: something that carries out commands. Thread-safe; one for the life of an application.</summary>
/// <remarks>
/// Cancelling a call gives up waiting for it. What was sent by then may still be carried out, as after a timeout.
/// Decorators derive from <see cref="DelegatingKeyValueStore"/>; everyday calls are the extension members of
/// <see cref="KeyValueStoreExtensions"/>.
/// </remarks>
public interface IKeyValueStore : IAsyncDisposable
{
    /// <summary>What the server is and can do.</summary>
    StoreCapabilities Capabilities { get; }

    /// <summary>Carries out one command. One round trip.</summary>
    /// <typeparam name="TReply">What the command answers.</typeparam>
    /// <param name="command">The command.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    /// <returns>The reply.</returns>
    /// <exception cref="StoreException">The command failed; see the derived types.</exception>
    ValueTask<TReply> SendAsync<TReply>(StoreCommand<TReply> command, CancellationToken cancellationToken = default);

    /// <summary>Carries out several commands in order, in one round trip to each node concerned; not atomic.</summary>
    /// <param name="pipeline">The commands; each gets its own outcome, and only a failure of the whole is thrown.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    ValueTask SendAsync(StorePipeline pipeline, CancellationToken cancellationToken = default);

    /// <summary>
    /// Carries out a command that concerns servers rather than keys on every primary: the one server there is, or all those of
    /// a cluster. One round trip to each, at the same time.
    /// </summary>
    /// <typeparam name="TReply">What the command answers.</typeparam>
    /// <param name="command">The command.</param>
    /// <param name="primary">The name of the one primary that is meant, as an earlier reply gave it; null for all.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    /// <returns>A reply, or an error, for each primary; none when there is no primary of the name.</returns>
    /// <exception cref="StoreException">No primary is known.</exception>
    async ValueTask<IReadOnlyList<PrimaryReply<TReply>>> SendToPrimariesAsync<TReply>(
        StoreCommand<TReply> command, string? primary = null, CancellationToken cancellationToken = default)
    {
        var name = Capabilities.Server;
        if (primary is not null && primary != name)
        {
            return [];
        }

        try
        {
            return [new(name, await SendAsync(command, cancellationToken).ConfigureAwait(false))];
        }
        catch (StoreException exception)
        {
            return [new(name, exception)];
        }
    }

    /// <summary>Carries out a batch: its conditions, then all its commands or none. One round trip where the server has scripts.</summary>
    /// <param name="batch">The batch.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    /// <returns>Whether it was committed, or which condition or command stood against it.</returns>
    /// <exception cref="CrossSlotException">The batch's keys do not share a hash slot; nothing was sent.</exception>
    /// <exception cref="IdempotencyConflictException">The idempotency key was used for another batch, with another number of commands.</exception>
    /// <exception cref="UnsupportedCommandException">The server lacks a command, or could not take back what the batch may have to; nothing was written.</exception>
    /// <exception cref="StoreException">The server could not be asked, or refused the whole; a timeout leaves the outcome unknown.</exception>
    ValueTask<CommitResult> CommitAsync(AtomicBatch batch, CancellationToken cancellationToken = default);

    /// <summary>Runs a script: user logic that no other command interleaves with. One round trip. As a function, where it is one and the server has them.</summary>
    /// <typeparam name="TReply">What the script answers.</typeparam>
    /// <param name="call">The script with its keys and arguments.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    /// <returns>The script's answer.</returns>
    /// <exception cref="CrossSlotException">The keys do not share a hash slot; nothing was sent.</exception>
    /// <exception cref="UnsupportedCommandException">The store runs no scripts, or runs twins only and the script has none.</exception>
    /// <exception cref="StoreException">The script failed.</exception>
    ValueTask<TReply> EvaluateAsync<TReply>(ScriptCall<TReply> call, CancellationToken cancellationToken = default);

    /// <summary>Walks through the keys of the whole store, for maintenance only: it reads every key name there is.</summary>
    /// <param name="pattern">A glob pattern, such as <c>{shop}:user:*</c>; special characters are escaped by a backslash.</param>
    /// <param name="pageSize">How many keys a server looks at in one call; 1 to 100,000.</param>
    /// <param name="cancellationToken">Stops the walk.</param>
    /// <returns>Keys that existed during the whole walk come at least once; others may come. A key may come twice.</returns>
    IAsyncEnumerable<StoreKey> ScanKeysAsync(string pattern = "*", int pageSize = 250, CancellationToken cancellationToken = default);

    /// <summary>Listens to a channel. Messages come at most once, and none that was sent before this call returned.</summary>
    /// <param name="channel">The channel, or a pattern of channels.</param>
    /// <param name="cancellationToken">Gives up waiting for the server's confirmation.</param>
    /// <returns>The subscription; dispose it to end it.</returns>
    ValueTask<StoreSubscription> SubscribeAsync(StoreChannel channel, CancellationToken cancellationToken = default);
}
