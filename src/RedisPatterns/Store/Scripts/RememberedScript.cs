using RedisPatterns.Commands;

namespace RedisPatterns;

/// <summary>
/// A script whose reply is kept under a further key, the last one: a call that finds one there gives it, and does nothing
/// else. The last argument says how long it is kept, in milliseconds. The reply is text, as <see cref="ReplyEncoding"/>
/// writes it, and so is what is kept.
/// </summary>
internal static class RememberedScript
{
    // In one line with the first of the script, so that the lines of its errors are its own.
    private const string Head = "local KEYS_,LIFE_=table.remove(KEYS),table.remove(ARGV) local OLD_=redis.call('GET',KEYS_) if OLD_ then return OLD_ end local REPLY_=(function() ";

    private const string Tail = """

        end)()
        if type(REPLY_)=='table' and REPLY_.err then return REPLY_ end
        local function text(r)
          if type(r)=='number' then return string.format(':%.0f\r\n',r<0 and math.ceil(r) or math.floor(r)) end
          if type(r)=='string' then return '$'..#r..'\r\n'..r..'\r\n' end
          if r==true then return ':1\r\n' end
          if type(r)~='table' then return '$-1\r\n' end
          if r.ok then return '+'..r.ok..'\r\n' end
          local parts={}
          for i=1,#r do
            if r[i]==nil then break end
            parts[i]=text(r[i])
          end
          return '*'..#parts..'\r\n'..table.concat(parts)
        end
        local bytes=text(REPLY_)
        """;

    private const string Keep = "\nredis.call('SET',KEYS_,bytes,'PX',LIFE_)\nreturn bytes\n";

    /// <summary>The script that remembers the replies of another.</summary>
    /// <param name="script">The other.</param>
    /// <param name="refusal">Which of its replies are not kept; null where all are.</param>
    public static AtomicScript<TReply> Of<TReply>(AtomicScript<TReply> script, ScriptRefusal? refusal) => new(
        script.Name,
        Wrap(script.Lua) + Tail + (refusal is null ? "" : $"\nif {refusal.Lua} then return bytes end") + Keep,
        reply => script.Reader(ReplyEncoding.Decode(Replies.ToValue(reply).AsMemory())),
        script.Twin is not { } twin ? null : context => Run(context, twin, refusal));

    // A line of flags stays the first.
    private static string Wrap(string lua)
    {
        var start = lua.StartsWith("#!", StringComparison.Ordinal) ? lua.IndexOf('\n', StringComparison.Ordinal) + 1 : 0;
        return string.Concat(lua.AsSpan(0, start), Head, lua.AsSpan(start));
    }

    private static StoreReply Run(IScriptContext context, ScriptTwin twin, ScriptRefusal? refusal)
    {
        var key = context.Keys[^1];
        var kept = context.Call(Strings.Get(key));
        if (!kept.IsNull)
        {
            return StoreReply.FromValue(kept);
        }

        var reply = twin(new RememberedScriptContext(context));
        if (reply.Kind == StoreReplyKind.Error)
        {
            return reply;
        }

        var bytes = ReplyEncoding.Encode(reply);
        if (refusal?.Test(reply) != true)
        {
            context.Call(Strings.Set(key, bytes, Expiry.After(TimeSpan.FromMilliseconds(context.Arguments[^1].AsInt64()))));
        }

        return StoreReply.FromValue(bytes);
    }
}
