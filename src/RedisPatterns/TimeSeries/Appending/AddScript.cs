using RedisPatterns.Commands;

namespace RedisPatterns;

/// <summary>Adds to buckets that are not known to be open: to all of them or to none, once where that is remembered.</summary>
/// <remarks>
/// Keys: of each part the entry of its series, the buckets of it, and the bucket; then, where it is to be remembered, what remembers it.
/// Arguments: the number of parts; of each where its period begins, and the bytes; then the memory and how many milliseconds it lasts.
/// Whatever could fail is asked before anything is written.
/// </remarks>
internal static class AddScript
{
    private const string Lua = """
        local n,c=tonumber(ARGV[1]),redis.call
        local m=KEYS[3*n+1]
        if m and c('EXISTS',m)==1 then return 2 end
        for k=3,3*n,3 do
          if c('EXISTS',KEYS[k-2])==0 then return 1 end
          c('ZCARD',KEYS[k-1])
          c('STRLEN',KEYS[k])
        end
        for i=1,n do
          c('ZADD',KEYS[3*i-1],ARGV[2*i],ARGV[2*i])
          c('APPEND',KEYS[3*i],ARGV[2*i+1])
        end
        if m then c('SET',m,ARGV[2*n+2],'PX',ARGV[2*n+3]) end
        return 0
        """;

    private const int KeysOfPart = 3;
    private const int ArgumentsOfPart = 2;

    private static readonly AtomicScript<AddResult> Script = new("add to series", Lua, static reply => (AddResult)Replies.ToInt64(reply), Twin);

    /// <summary>The script with what is to be added.</summary>
    /// <param name="set">The set.</param>
    /// <param name="storage">Where its samples lie.</param>
    /// <param name="writes">The samples of each series, ascending; one at least.</param>
    /// <param name="memory">What remembers it, with what it says and for how long; null for not at all.</param>
    public static ScriptCall<AddResult> With(
        SeriesSet set, ChunkStorage storage, IReadOnlyList<SeriesWrite> writes, StepMemory? memory)
    {
        var (keys, arguments) = (new List<StoreKey>(KeysOfPart * writes.Count), new List<StoreValue>(1 + (ArgumentsOfPart * writes.Count)) { 0 });
        foreach (var (series, samples) in writes)
        {
            for (var rest = samples; !rest.IsEmpty;)
            {
                var (start, count) = (set.Period.StartOf(rest.Span[0].Timestamp), set.Period.RunOf(rest.Span));
                keys.AddRange([set.EntryKey(series), storage.BucketsKey(series), storage.BucketKey(series, start)]);
                arguments.AddRange([start, BucketValue.WriteParts(rest.Span[..count])]);
                rest = rest[count..];
            }
        }

        arguments[0] = keys.Count / KeysOfPart;
        if (memory is var (key, outcome, lifetime))
        {
            keys.Add(key);
            arguments.AddRange([outcome, lifetime.Ticks / TimeSpan.TicksPerMillisecond]);
        }

        return Script.With([.. keys], [.. arguments]);
    }

    private static StoreReply Twin(IScriptContext context)
    {
        var (keys, arguments) = (context.Keys, context.Arguments);
        var count = (int)arguments[0].AsInt64();
        var remembers = keys.Count > KeysOfPart * count;
        if (remembers && context.Call(Keys.Exists(keys[^1])))
        {
            return Reply(AddResult.DoneBefore);
        }

        for (var i = 0; i < count; i++)
        {
            if (!context.Call(Keys.Exists(keys[KeysOfPart * i])))
            {
                return Reply(AddResult.NotDeclared);
            }

            context.Call(SortedSets.Length(keys[(KeysOfPart * i) + 1]));
            context.Call(Strings.Length(keys[(KeysOfPart * i) + 2]));
        }

        for (var i = 0; i < count; i++)
        {
            var start = arguments[(ArgumentsOfPart * i) + 1];
            context.Call(SortedSets.Add(keys[(KeysOfPart * i) + 1], start, start.AsInt64()));
            context.Call(Strings.Append(keys[(KeysOfPart * i) + 2], arguments[(ArgumentsOfPart * i) + 2]));
        }

        if (remembers)
        {
            context.Call(Strings.Set(keys[^1], arguments[^2], Expiry.After(TimeSpan.FromMilliseconds(arguments[^1].AsInt64()))));
        }

        return Reply(AddResult.Added);
    }

    private static StoreReply Reply(AddResult result) => StoreReply.Integer((long)result);
}
