namespace RedisPatterns.Commands;

/// <summary>Commands on channels. To listen to one, see <see cref="IKeyValueStore.SubscribeAsync"/>.</summary>
public static class Channels
{
    /// <summary>Sends a message to those who listen now; nobody else will get it. <c>PUBLISH</c>.</summary>
    /// <param name="channel">The channel.</param>
    /// <param name="message">The message.</param>
    /// <returns>Answers how many clients got it; in a cluster those of one node.</returns>
    public static StoreCommand<long> Publish(StoreValue channel, StoreValue message) => new(CommandTable.Publish, Replies.Int64, channel, message);
}
