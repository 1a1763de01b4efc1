using RedisPatterns.StackExchangeRedis.Connection;
using RedisPatterns.StackExchangeRedis.Conversion;
using StackExchange.Redis;

namespace RedisPatterns.StackExchangeRedis.Transactions;

/// <summary>What a read said, or the server's error.</summary>
/// <param name="Reply">The reply; an error reply when the server refused the read.</param>
internal readonly record struct Answer(StoreReply Reply)
{
    public StoreException? Error => Reply.Error;

    public StoreValue Value => Reply.Value;

    /// <summary>The reply as an integer, of a command that answers with one.</summary>
    public long Count => Replies.ToInt64(Reply);

    public static async Task<Answer> OfAsync(Task<RedisResult> task, string operation)
    {
        try
        {
            return new(DriverReplies.Convert(await task.ConfigureAwait(false), operation));
        }
        catch (RedisServerException exception)
        {
            return new(StoreReply.FromError(StoreErrors.FromServer(DriverErrors.ServerText(exception), operation, exception)));
        }
    }
}
