using System.Globalization;
using RedisPatterns.Commands;

namespace RedisPatterns;

/// <summary>What the Lua functions about expiry do, in C#. Moments are milliseconds since 1970; 0 stands for no end.</summary>
internal static class ExpiryTwin
{
    // The end of what a DateTimeOffset can tell.
    private const long LatestEnd = 253_402_300_799_999;

    /// <summary>The end that a code asks for; null to keep what there is.</summary>
    public static long? EndOf(IScriptContext context, string code, bool live, StoreKey document)
    {
        var kind = code[0];
        if (kind == 'I')
        {
            kind = live ? 'K' : 'A';
        }

        if (kind == 'K' && live)
        {
            return null;
        }

        if (kind is 'K' or 'N')
        {
            return 0;
        }

        var milliseconds = long.Parse(code.AsSpan(1), CultureInfo.InvariantCulture);
        if (kind == 'T')
        {
            return milliseconds;
        }

        var end = Math.Min(context.NowMilliseconds + milliseconds, LatestEnd);
        return kind == 'S' && live && (context.Call(Keys.ExpireTime(document)).Moment is not { } stored || stored.ToUnixTimeMilliseconds() > end) ? null : end;
    }

    public static void SetEnd(IScriptContext context, StoreKey schedule, string member, long moment)
    {
        if (moment == 0)
        {
            context.Call(SortedSets.Remove(schedule, member));
        }
        else
        {
            context.Call(SortedSets.Add(schedule, member, moment));
        }
    }

    public static void Expire(IScriptContext context, IEnumerable<StoreKey> keys, long moment)
    {
        foreach (var key in keys)
        {
            if (moment == 0)
            {
                context.Call(Keys.Persist(key));
            }
            else
            {
                context.Call(Keys.ExpireAt(key, DateTimeOffset.FromUnixTimeMilliseconds(moment)));
            }
        }
    }

    public static (int Gone, int Due) Sweep(IScriptContext context, StoreKey schedule, StoreKey catalogue, string memoPrefix, string documentPrefix, int most)
    {
        var now = context.NowMilliseconds;
        var due = context.Call(SortedSets.RangeByScore(schedule, ScoreRange.AtMost(now), limit: RangeLimit.Take(most)));
        var gone = 0;
        foreach (var entry in due)
        {
            var member = entry.AsText()!;
            if (!TryRead(member, out var number, out var id))
            {
                // It names no entity, and would come again for ever.
                context.Call(SortedSets.Remove(schedule, entry));
                continue;
            }

            StoreKey bucket = memoPrefix + number;
            var document = context.Call(Keys.ExpireTime(documentPrefix + id));
            if (document is { Exists: true, Moment: null })
            {
                context.Call(SortedSets.Remove(schedule, entry));
            }
            else if (document.Moment is { } end && end.ToUnixTimeMilliseconds() > now)
            {
                context.Call(SortedSets.Add(schedule, entry, end.ToUnixTimeMilliseconds()));
            }
            else if (TryRemove(context, catalogue, bucket, id))
            {
                context.Call(SortedSets.Remove(schedule, entry));
                gone++;
            }
            else
            {
                context.Call(SortedSets.Add(schedule, entry, now + PutOffScript.Milliseconds));
            }
        }

        return (gone, due.Length);
    }

    /// <summary>The bucket and the id that a member of a schedule names, if it does.</summary>
    public static bool TryRead(string member, out string bucket, out string id)
    {
        var colon = member.IndexOf(':', StringComparison.Ordinal);
        var isMember = colon > 0 && !member.AsSpan(0, colon).ContainsAnyExceptInRange('0', '9');
        (bucket, id) = isMember ? (member[..colon], member[(colon + 1)..]) : ("", "");
        return isMember;
    }

    private static bool TryRemove(IScriptContext context, StoreKey catalogue, StoreKey bucket, string id)
    {
        var undo = new Stack<Action>();
        try
        {
            if (Memo.TryParse(context.Call(Hashes.Get(bucket, id)).AsText() ?? "", out var memo))
            {
                ForeignEntries.Remove(context, catalogue, bucket, memo.Value, id, undo);
            }

            context.Call(Hashes.Delete(bucket, id));
            return true;
        }
        catch (WrongTypeException)
        {
            foreach (var inverse in undo)
            {
                inverse();
            }

            return false;
        }
    }
}
