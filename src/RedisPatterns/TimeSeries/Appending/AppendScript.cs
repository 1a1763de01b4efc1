using RedisPatterns.Commands;

namespace RedisPatterns;

/// <summary>Appends to many buckets. Keys: the buckets. Arguments: what is appended to each.</summary>
/// <remarks>
/// One message in the place of one for each bucket, which is most of what an append costs the client. Tells only of those that need more:
/// the place and the new length of a bucket that was gone or has grown past a mark, and <see cref="Refused"/> in the place of the length
/// where the server refused to append.
/// </remarks>
internal static class AppendScript
{
    /// <summary>In the place of a length: nothing was appended.</summary>
    public const long Refused = -1;

    private static readonly string Lua = $$"""
        local k,v,c,r,i=KEYS,ARGV,redis.call,{},1
        local function run()
          for at=i,#k do
            i=at
            local x=v[at]
            local n,a=c('APPEND',k[at],x),#x
            if n==a or n%{{BucketAppend.Stretch}}<a then r[#r+1]=at-1 r[#r+1]=n end
          end
        end
        while not pcall(run) do
          r[#r+1]=i-1 r[#r+1]=-1
          i=i+1
        end
        return r
        """;

    private static readonly AtomicScript<long[]> Script = new("append to series", Lua, Replies.Int64s, Twin);

    /// <summary>The script with appends to different buckets or to the same one.</summary>
    public static ScriptCall<long[]> With(IReadOnlyList<BucketAppend> appends)
    {
        var (keys, bytes) = (new StoreKey[appends.Count], new StoreValue[appends.Count]);
        for (var i = 0; i < keys.Length; i++)
        {
            (keys[i], bytes[i]) = (appends[i].Open.Key, appends[i].Bytes);
        }

        return Script.With(keys, bytes);
    }

    private static StoreReply Twin(IScriptContext context)
    {
        var notable = new List<StoreReply>();
        for (var i = 0; i < context.Keys.Count; i++)
        {
            var added = context.Arguments[i].GetByteCount();
            var length = Append(context, i);
            if (length == Refused || length == added || length % BucketAppend.Stretch < added)
            {
                notable.Add(StoreReply.Integer(i));
                notable.Add(StoreReply.Integer(length));
            }
        }

        return StoreReply.Array([.. notable]);
    }

    private static long Append(IScriptContext context, int i)
    {
        try
        {
            return context.Call(Strings.Append(context.Keys[i], context.Arguments[i]));
        }
        catch (StoreException)
        {
            return Refused;
        }
    }
}
