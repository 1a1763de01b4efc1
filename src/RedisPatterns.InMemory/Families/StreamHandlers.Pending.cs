namespace RedisPatterns.InMemory;

internal static partial class StreamHandlers
{
    private static void RegisterPending(HandlerTable table) => table.Add("XPENDING", Pending);

    private static StoreReply Pending(CommandContext context, StoreCommand command)
    {
        command.RequireCount(2);
        if (command.ArgumentCount == 2)
        {
            return Summary(GroupOf(context, command.Key(0), command.Value(1)).Group);
        }

        if (command.ArgumentCount is < 5 or > 8)
        {
            throw ServerErrors.Syntax(context.CommandName);
        }

        var (first, minIdle) = (2, 0L);
        if (command.IsWord(2, "IDLE"))
        {
            minIdle = command.Int64(3);
            first = command.ArgumentCount < 7 ? throw ServerErrors.Syntax(context.CommandName) : 4;
        }

        var count = command.Int64(first + 2);
        var start = command.RangeStartAt(first);
        var stop = command.RangeStopAt(first + 1);
        var group = GroupOf(context, command.Key(0), command.Value(1)).Group;
        var pending = command.ArgumentCount > first + 3 ? group.FindConsumer(command.Value(first + 3))?.Pending : group.Pending;
        var replies = new List<StoreReply>();
        for (var i = pending?.Seek(start) ?? 0; i < pending?.Count && pending[i].Id <= stop && replies.Count < count; i++)
        {
            var delivery = pending[i];
            var idle = context.Now - delivery.DeliveredAt;
            if (minIdle == 0 || idle >= minIdle)
            {
                replies.Add(StoreReply.Array(
                    StreamIds.Reply(delivery.Id),
                    StoreReply.FromValue(delivery.Consumer.Name),
                    StoreReply.Integer(Math.Max(idle, 0)),
                    StoreReply.Integer(delivery.Count)));
            }
        }

        return StoreReply.Array([.. replies]);
    }

    private static StoreReply Summary(StreamGroup group)
    {
        var pending = group.Pending;
        if (pending.Count == 0)
        {
            return StoreReply.Array(StoreReply.Integer(0), StoreReply.Null, StoreReply.Null, StoreReply.Null);
        }

        var consumers = group.Consumers
            .Where(static consumer => consumer.Pending.Count > 0)
            .Select(static consumer => StoreReply.Array(StoreReply.FromValue(consumer.Name), StoreReply.FromValue(consumer.Pending.Count)));
        return StoreReply.Array(
            StoreReply.Integer(pending.Count),
            StreamIds.Reply(pending[0].Id),
            StreamIds.Reply(pending[pending.Count - 1].Id),
            StoreReply.Array([.. consumers]));
    }
}
