using RedisPatterns.Commands;

namespace RedisPatterns.InMemory;

internal static partial class StreamHandlers
{
    private static void RegisterClaims(HandlerTable table)
    {
        table.Add("XCLAIM", Claim);
        table.Add("XAUTOCLAIM", AutoClaim);
    }

    private static StoreReply Claim(CommandContext context, StoreCommand command)
    {
        command.RequireCount(5);
        var (stream, group) = GroupOf(context, command.Key(0), command.Value(1));
        var minIdle = Math.Max(StreamClaim.Number(command, 3), 0);
        var now = context.Now;
        var claim = StreamClaim.Parse(command, 4, now);
        if (claim.LastId > group.LastId)
        {
            group.SetPosition(claim.LastId, group.EntriesRead);
        }

        var deliveredAt = claim.DeliveredAt is { } moment && moment >= 0 && moment <= now ? moment : now;
        StreamConsumer? consumer = null;
        var replies = new List<StoreReply>();
        foreach (var id in claim.Ids)
        {
            var delivery = group.Pending.Find(id);
            if (stream.Find(id) is not { } record)
            {
                // It is pending no more: the stream has lost it.
                if (delivery is not null)
                {
                    group.RemovePending(delivery);
                }

                continue;
            }

            if (delivery is null ? !claim.Force : minIdle > 0 && now - delivery.DeliveredAt < minIdle)
            {
                continue;
            }

            consumer ??= group.Greet(command.Value(2), now);
            if (delivery is null)
            {
                delivery = new PendingDelivery(id, consumer, now, count: 1);
                group.AddPending(delivery);
            }

            var count = claim.RetryCount >= 0 ? claim.RetryCount : delivery.Count + (claim.JustIds ? 0 : 1);
            group.Deliver(delivery, consumer, deliveredAt, count);
            replies.Add(claim.JustIds ? StreamIds.Reply(id) : RecordReply(record));
        }

        return StoreReply.Array([.. replies]);
    }

    private static StoreReply AutoClaim(CommandContext context, StoreCommand command)
    {
        command.RequireCount(5);
        var minIdle = Math.Max(StreamClaim.Number(command, 3), 0);
        var start = command.RangeStartAt(4);
        var (count, justIds) = AutoClaimOptions(context, command);
        var (stream, group) = GroupOf(context, command.Key(0), command.Value(1));
        var attempts = count * 10;
        var now = context.Now;
        StreamConsumer? consumer = null;
        var (claimed, deleted) = (new List<StoreReply>(), new List<StoreReply>());
        var index = group.Pending.Seek(start);
        for (; attempts > 0 && count > 0 && index < group.Pending.Count; attempts--)
        {
            var delivery = group.Pending[index];
            if (stream.Find(delivery.Id) is not { } record)
            {
                group.RemovePending(delivery);
                deleted.Add(StreamIds.Reply(delivery.Id));
                count--;
                continue;
            }

            index++;
            if (minIdle > 0 && now - delivery.DeliveredAt < minIdle)
            {
                continue;
            }

            consumer ??= group.Greet(command.Value(2), now);
            group.Deliver(delivery, consumer, now, delivery.Count + (justIds ? 0 : 1));
            claimed.Add(justIds ? StreamIds.Reply(delivery.Id) : RecordReply(record));
            count--;
        }

        var next = index < group.Pending.Count ? group.Pending[index].Id : StreamId.Zero;
        return StoreReply.Array(StreamIds.Reply(next), StoreReply.Array([.. claimed]), StoreReply.Array([.. deleted]));
    }

    private static (long Count, bool JustIds) AutoClaimOptions(CommandContext context, StoreCommand command)
    {
        const long Most = long.MaxValue / 16;
        var (count, justIds) = (100L, false);
        for (var i = 5; i < command.ArgumentCount; i++)
        {
            if (command.ArgumentCount > i + 1 && command.IsWord(i, "COUNT"))
            {
                ThrowIf(context, !command.Value(++i).TryGetInt64(out count) || count is < 1 or > Most, "ERR COUNT must be > 0");
            }
            else
            {
                justIds = command.IsWord(i, "JUSTID") ? true : throw ServerErrors.Syntax(context.CommandName);
            }
        }

        return (count, justIds);
    }
}
