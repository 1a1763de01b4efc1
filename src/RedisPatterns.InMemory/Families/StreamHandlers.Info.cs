namespace RedisPatterns.InMemory;

internal static partial class StreamHandlers
{
    private static void RegisterInfo(HandlerTable table)
    {
        table.Add("XINFO STREAM", StreamInfo);
        table.Add("XINFO GROUPS", GroupsInfo);
        table.Add("XINFO CONSUMERS", ConsumersInfo);
    }

    private static StoreReply StreamInfo(CommandContext context, StoreCommand command)
    {
        command.RequireCount(1, 1);
        var stream = context.Get<StreamData>(command.Key(0)) ?? throw ServerErrors.NoSuchKey(context.CommandName);
        return Map(
            ("length", StoreReply.Integer(stream.Count)),
            ("radix-tree-keys", StoreReply.Integer(stream.Nodes.Count)),
            ("radix-tree-nodes", StoreReply.Integer(stream.Nodes.Count + 1)),
            ("last-generated-id", StreamIds.Reply(stream.LastId)),
            ("max-deleted-entry-id", StreamIds.Reply(stream.MaxDeletedId)),
            ("entries-added", StoreReply.Integer(stream.EntriesAdded)),
            ("recorded-first-entry-id", StreamIds.Reply(stream.FirstId)),
            ("groups", StoreReply.Integer(stream.Groups.Count)),
            ("first-entry", stream.First is { } first ? RecordReply(first) : StoreReply.Null),
            ("last-entry", stream.Last is { } last ? RecordReply(last) : StoreReply.Null));
    }

    private static StoreReply GroupsInfo(CommandContext context, StoreCommand command)
    {
        command.RequireCount(1, 1);
        var stream = context.Get<StreamData>(command.Key(0)) ?? throw ServerErrors.NoSuchKey(context.CommandName);
        return StoreReply.Array([.. stream.Groups.Select(group => Map(
            ("name", StoreReply.FromValue(group.Name)),
            ("consumers", StoreReply.Integer(group.Consumers.Count)),
            ("pending", StoreReply.Integer(group.Pending.Count)),
            ("last-delivered-id", StreamIds.Reply(group.LastId)),
            ("entries-read", group.EntriesRead == StreamGroup.Unknown ? StoreReply.Null : StoreReply.Integer(group.EntriesRead)),
            ("lag", StreamLag.Of(stream, group) is { } lag ? StoreReply.Integer(lag) : StoreReply.Null)))]);
    }

    private static StoreReply ConsumersInfo(CommandContext context, StoreCommand command)
    {
        command.RequireCount(2, 2);
        var stream = context.Get<StreamData>(command.Key(0)) ?? throw ServerErrors.NoSuchKey(context.CommandName);
        var group = stream.FindGroup(command.Value(1)) ?? throw StoreErrors.FromServer("NOGROUP No such consumer group", context.CommandName);
        return StoreReply.Array([.. group.Consumers.Select(consumer => Map(
            ("name", StoreReply.FromValue(consumer.Name)),
            ("pending", StoreReply.Integer(consumer.Pending.Count)),
            ("idle", StoreReply.Integer(Math.Max(context.Now - consumer.SeenAt, 0)))))]);
    }

    private static StoreReply Map(params ReadOnlySpan<(string Name, StoreReply Value)> fields)
    {
        var items = new StoreReply[2 * fields.Length];
        for (var i = 0; i < fields.Length; i++)
        {
            items[2 * i] = StoreReply.FromValue(fields[i].Name);
            items[(2 * i) + 1] = fields[i].Value;
        }

        return StoreReply.Array(items);
    }
}
