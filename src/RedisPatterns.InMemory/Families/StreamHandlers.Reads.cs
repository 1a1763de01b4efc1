using RedisPatterns.Commands;

namespace RedisPatterns.InMemory;

internal static partial class StreamHandlers
{
    private static void RegisterReads(HandlerTable table)
    {
        table.Add("XRANGE", static (context, command) => Range(context, command, reverse: false));
        table.Add("XREVRANGE", static (context, command) => Range(context, command, reverse: true));
        table.Add("XREAD", Read);
        table.Add("XREADGROUP", ReadGroup);
    }

    private static StoreReply Range(CommandContext context, StoreCommand command, bool reverse)
    {
        command.RequireCount(3);
        var start = command.RangeStartAt(reverse ? 2 : 1);
        var stop = command.RangeStopAt(reverse ? 1 : 2);
        var count = -1L;
        for (var i = 3; i < command.ArgumentCount; i += 2)
        {
            count = command.IsWord(i, "COUNT") && command.ArgumentCount > i + 1
                ? Math.Max(command.Int64(i + 1), 0)
                : throw ServerErrors.Syntax(context.CommandName);
        }

        if (context.Get<StreamData>(command.Key(0)) is not { } stream)
        {
            return StoreReply.Array();
        }

        var records = reverse ? stream.RangeDown(start, stop) : stream.Range(start, stop);
        return count == 0 ? StoreReply.Null : RecordsReply(count < 0 ? records : records.Take((int)Math.Min(count, int.MaxValue)));
    }

    private static StoreReply Read(CommandContext context, StoreCommand command)
    {
        command.RequireCount(3);
        var query = StreamQuery.Parse(command, ofGroup: false);
        var positions = new StreamId[query.StreamCount];
        for (var i = 0; i < positions.Length; i++)
        {
            var stream = context.Get<StreamData>(command.Key(query.FirstKey + i));
            ThrowIf(context, command.IsWord(query.FirstId + i, ">"), "ERR The > ID can be specified only when calling XREADGROUP");
            positions[i] = command.IsWord(query.FirstId + i, "$") ? stream?.LastId ?? default : command.StreamIdAt(query.FirstId + i);
        }

        var replies = new List<StoreReply>();
        for (var i = 0; i < positions.Length; i++)
        {
            var key = command.Key(query.FirstKey + i);
            if (context.Get<StreamData>(key) is { Last: { } last } stream && last.Id > positions[i])
            {
                replies.Add(StreamReply(key, RecordsReply(query.Take(stream.Range(StreamIds.Next(positions[i]), StreamId.MaxValue)))));
            }
        }

        return replies.Count == 0 ? StoreReply.Null : StoreReply.Array([.. replies]);
    }

    private static StoreReply ReadGroup(CommandContext context, StoreCommand command)
    {
        command.RequireCount(6);
        var query = StreamQuery.Parse(command, ofGroup: true);
        var positions = new StreamId[query.StreamCount];
        for (var i = 0; i < positions.Length; i++)
        {
            GroupOf(context, command.Key(query.FirstKey + i), query.Group);
            ThrowIf(context, command.IsWord(query.FirstId + i, "$"), "ERR The $ ID is meaningless in the context of XREADGROUP");
            positions[i] = command.IsWord(query.FirstId + i, ">") ? StreamId.MaxValue : command.StreamIdAt(query.FirstId + i);
        }

        var replies = new List<StoreReply>();
        for (var i = 0; i < positions.Length; i++)
        {
            var key = command.Key(query.FirstKey + i);
            var (stream, group) = GroupOf(context, key, query.Group);
            if (positions[i] != StreamId.MaxValue)
            {
                var consumer = group.Greet(query.Consumer, context.Now);
                replies.Add(StreamReply(key, History(context, stream, group, consumer, StreamIds.Next(positions[i]), query)));
            }
            else if (stream.Last is { } last && last.Id > group.LastId)
            {
                var consumer = group.Greet(query.Consumer, context.Now);
                replies.Add(StreamReply(key, Deliver(context, stream, group, consumer, query)));
            }
        }

        return replies.Count == 0 ? StoreReply.Null : StoreReply.Array([.. replies]);
    }

    // What is pending for the consumer, delivered again.
    private static StoreReply History(
        CommandContext context, StreamData stream, StreamGroup group, StreamConsumer consumer, StreamId start, StreamQuery query)
    {
        var replies = new List<StoreReply>();
        var pending = consumer.Pending;
        for (var i = pending.Seek(start); i < pending.Count && !query.IsEnough(replies.Count); i++)
        {
            var delivery = pending[i];
            if (stream.Find(delivery.Id) is { } record)
            {
                group.Deliver(delivery, consumer, context.Now, delivery.Count + 1);
                replies.Add(RecordReply(record));
            }
            else
            {
                replies.Add(StoreReply.Array(StreamIds.Reply(delivery.Id), StoreReply.Null));
            }
        }

        return StoreReply.Array([.. replies]);
    }

    private static StoreReply Deliver(CommandContext context, StreamData stream, StreamGroup group, StreamConsumer consumer, StreamQuery query)
    {
        var replies = new List<StoreReply>();
        foreach (var record in query.Take(stream.Range(StreamIds.Next(group.LastId), StreamId.MaxValue)))
        {
            Advance(stream, group, record.Id);
            if (!query.NoAck)
            {
                if (group.Pending.Find(record.Id) is { } delivery)
                {
                    group.Deliver(delivery, consumer, context.Now, count: 1);
                }
                else
                {
                    group.AddPending(new PendingDelivery(record.Id, consumer, context.Now, count: 1));
                }
            }

            replies.Add(RecordReply(record));
        }

        return StoreReply.Array([.. replies]);
    }

    private static void Advance(StreamData stream, StreamGroup group, StreamId id)
    {
        var read = group.EntriesRead != StreamGroup.Unknown && !StreamLag.HasDeletedFrom(stream, id) ? group.EntriesRead + 1
            : stream.EntriesAdded != 0 ? StreamLag.Estimate(stream, id)
            : group.EntriesRead;
        group.SetPosition(id, read);
    }

    private static (StreamData Stream, StreamGroup Group) GroupOf(CommandContext context, StoreKey key, StoreValue name) =>
        context.Get<StreamData>(key) is { } stream && stream.FindGroup(name) is { } group
            ? (stream, group)
            : throw StoreErrors.FromServer("NOGROUP No such key or consumer group", context.CommandName);

    private static StoreReply StreamReply(StoreKey key, StoreReply records) => StoreReply.Array(StoreReply.FromValue(key.ToArray()), records);

    private static StoreReply RecordsReply(IEnumerable<StreamRecord> records) => StoreReply.Array([.. records.Select(RecordReply)]);

    private static StoreReply RecordReply(StreamRecord record) =>
        StoreReply.Array(StreamIds.Reply(record.Id), StoreReply.Array(Array.ConvertAll(record.Fields, StoreReply.FromValue)));
}
