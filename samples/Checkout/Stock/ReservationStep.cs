using System.Globalization;
using RedisPatterns;
using RedisPatterns.Commands;

namespace Checkout.Stock;

/// <summary>One step of the reservations of an item. First, reservations that have ended are given back, some of them in each step.</summary>
/// <remarks>
/// A record is <c>held;3</c>, <c>sold;3</c> or <c>cancelled;3</c>, with the moment at which it is due in a sorted set: what is
/// held is given back then, the others are only remembered until then, so that a repeated step is answered as the first.
/// </remarks>
internal sealed record ReservationStep(
    StoreKey Available, StoreKey Levels, StoreKey Records, StoreKey Due, string Verb, string Id, int Pieces, TimeSpan Period)
{
    public const string Reserve = "reserve", Confirm = "confirm", Cancel = "cancel", Sweep = "sweep";

    /// <summary>There were not enough pieces, but some are still to be given back: ask once more.</summary>
    public const int Again = 5;

    private const int GivenBackAtOnce = 100;

    // snippet: reservation-script
    public static AtomicScript<ReservationStep, long[]> Script { get; } = new(
        "reservation",
        """
        local C=redis.call
        local t=C('TIME')
        local now=t[1]*1000+math.floor(t[2]/1000)
        local free=tonumber(C('GET',available) or '0')
        C('HGET',levels,'reserved')

        local function text(n) return string.format('%.0f',n) end
        local function look()
          local record=C('HGET',records,id)
          if not record then return end
          local status,n=string.match(record,'^(%a+);(%d+)$')
          return status,tonumber(n)
        end
        local function put(status,n,at)
          C('HSET',records,id,status..';'..text(n))
          C('ZADD',due,text(at),id)
        end
        local function give(n)
          C('INCRBY',available,text(n))
          C('HINCRBY',levels,'reserved',text(-n))
          free=free+n
        end
        local function forget(one)
          local n=string.match(C('HGET',records,one) or '','^held;(%d+)$')
          if n then give(tonumber(n)) end
          C('HDEL',records,one)
          C('ZREM',due,one)
        end

        local ended=C('ZRANGEBYSCORE',due,'-inf',text(now),'LIMIT',0,tonumber(limit))
        for _,one in ipairs(ended) do forget(one) end
        if verb=='sweep' then return {0,#ended,0} end
        local ends=tonumber(C('ZSCORE',due,id) or '0')
        if ends>0 and ends<=now then forget(id) end

        local status,n=look()
        if verb=='reserve' and not status then
          n=tonumber(pieces)
          if free<n then
            if C('ZCOUNT',due,'-inf',text(now))>0 then return {5,free,0} end
            return {4,free,0}
          end
          C('DECRBY',available,text(n))
          C('HINCRBY',levels,'reserved',text(n))
          ends=now+tonumber(period)
          put('held',n,ends)
          return {1,n,ends}
        end
        if verb=='confirm' and status=='held' then
          C('HINCRBY',levels,'reserved',text(-n))
          C('HINCRBY',levels,'sold',text(n))
          put('sold',n,now+tonumber(period))
          return {2,n,0}
        end
        if verb=='cancel' and (status=='held' or not status) then
          if n then give(n) end
          put('cancelled',n or 0,now+tonumber(period))
          return {3,n or 0,0}
        end
        if status=='held' then return {1,n,ends} end
        if status=='sold' then return {2,n,0} end
        if status=='cancelled' then return {3,n,0} end
        return {0,0,0}
        """,
        new ScriptSignature<ReservationStep>()
            .Key("available", step => step.Available)
            .Key("levels", step => step.Levels)
            .Key("records", step => step.Records)
            .Key("due", step => step.Due)
            .Argument("verb", step => step.Verb)
            .Argument("id", step => step.Id)
            .Argument("pieces", step => step.Pieces)
            .Argument("period", step => (long)step.Period.TotalMilliseconds)
            .Argument("limit", _ => GivenBackAtOnce),
        Replies.Int64s,
        context => new ReservationTwin(context).Run());

    // end-snippet

    /// <summary>The same in C#, for the store in memory.</summary>
    private sealed class ReservationTwin(NamedScriptContext script)
    {
        private readonly StoreKey _available = script.Key("available"), _levels = script.Key("levels"), _records = script.Key("records"), _due = script.Key("due");
        private readonly StoreValue _id = script.Argument("id");
        private readonly long _later = script.NowMilliseconds + script.Argument("period").AsInt64();

        public StoreReply Run()
        {
            var verb = script.Argument("verb").AsText();
            var ended = script.Call(SortedSets.RangeByScore(_due, ScoreRange.AtMost(script.NowMilliseconds), limit: RangeLimit.Take(script.Argument("limit").AsInt64())));
            foreach (var one in ended)
            {
                Forget(one);
            }

            if (verb == Sweep)
            {
                return Reply(0, ended.Length);
            }

            var ends = (long)(script.Call(SortedSets.Score(_due, _id)) ?? 0);
            if (ends > 0 && ends <= script.NowMilliseconds)
            {
                Forget(_id);
            }

            var (status, pieces) = Look(_id);
            return (verb, status) switch
            {
                (Reserve, null) => Hold(script.Argument("pieces").AsInt64()),
                (Confirm, "held") => Sell(pieces),
                (Cancel, "held" or null) => GiveBack(pieces),
                (_, "held") => Reply(ReservationStatus.Held, pieces, ends),
                (_, "sold") => Reply(ReservationStatus.Sold, pieces),
                (_, "cancelled") => Reply(ReservationStatus.Cancelled, pieces),
                _ => Reply(ReservationStatus.Gone, 0),
            };
        }

        private static StoreReply Reply(ReservationStatus status, long pieces, long ends = 0) =>
            StoreReply.Array(StoreReply.Integer((long)status), StoreReply.Integer(pieces), StoreReply.Integer(ends));

        private StoreReply Hold(long pieces)
        {
            var value = script.Call(Strings.Get(_available));
            var free = value.IsNull ? 0 : value.AsInt64();
            if (free < pieces)
            {
                var isMore = script.Call(SortedSets.CountByScore(_due, ScoreRange.AtMost(script.NowMilliseconds))) > 0;
                return Reply(isMore ? (ReservationStatus)Again : ReservationStatus.Short, free);
            }

            Give(-pieces);
            Put("held", pieces);
            return Reply(ReservationStatus.Held, pieces, _later);
        }

        private StoreReply Sell(long pieces)
        {
            script.Call(Hashes.Increment(_levels, StockRoom.Reserved, -pieces));
            script.Call(Hashes.Increment(_levels, StockRoom.Sold, pieces));
            Put("sold", pieces);
            return Reply(ReservationStatus.Sold, pieces);
        }

        private StoreReply GiveBack(long pieces)
        {
            if (pieces > 0) Give(pieces);
            Put("cancelled", pieces);
            return Reply(ReservationStatus.Cancelled, pieces);
        }

        private void Forget(StoreValue id)
        {
            if (Look(id) is ("held", var pieces)) Give(pieces);
            script.Call(Hashes.Delete(_records, id));
            script.Call(SortedSets.Remove(_due, id));
        }

        private (string? Status, long Pieces) Look(StoreValue id) =>
            script.Call(Hashes.Get(_records, id)).AsText()?.Split(';') is [var status, var pieces] ? (status, long.Parse(pieces, CultureInfo.InvariantCulture)) : (null, 0);

        private void Put(string status, long pieces)
        {
            script.Call(Hashes.Set(_records, _id, $"{status};{pieces}"));
            script.Call(SortedSets.Add(_due, _id, _later));
        }

        private void Give(long pieces)
        {
            script.Call(Strings.Increment(_available, pieces));
            script.Call(Hashes.Increment(_levels, StockRoom.Reserved, -pieces));
        }
    }
}
