using StackExchange.Redis;

namespace RedisPatterns.StackExchangeRedis.Conversion;

/// <summary>The driver's replies in the shapes of RESP2, whichever protocol they came by.</summary>
internal static class DriverReplies
{
    /// <summary>Converts a reply.</summary>
    /// <param name="result">The driver's reply.</param>
    /// <param name="operation">What was asked, for the errors that the reply may hold.</param>
    public static StoreReply Convert(RedisResult result, string operation)
    {
        if (result.IsNull)
        {
            return StoreReply.Null;
        }

        switch (result.Resp3Type)
        {
            case ResultType.Integer:
                return StoreReply.Integer((long)result);
            case ResultType.Boolean:
                return StoreReply.Integer((bool)result ? 1 : 0);
            case ResultType.SimpleString:
                return StoreReply.Status((string)result!);
            case ResultType.Double:
                return StoreReply.FromValue((double)result);
            case ResultType.Error or ResultType.BlobError:
                return StoreReply.FromError(StoreErrors.FromServer(result.ToString(), operation));
            case ResultType.VerbatimString:
                return StoreReply.FromValue(result.ToString(out _));
            case ResultType.Array or ResultType.Map or ResultType.Set or ResultType.Push or ResultType.Attribute:
                var items = new StoreReply[result.Length];
                for (var i = 0; i < items.Length; i++)
                {
                    items[i] = Convert(result[i], operation);
                }

                return StoreReply.Array(items);
            default:
                return StoreReply.FromValue(DriverValues.FromValue((RedisValue)result));
        }
    }
}
