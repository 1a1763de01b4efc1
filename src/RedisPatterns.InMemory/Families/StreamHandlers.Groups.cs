using RedisPatterns.Commands;

namespace RedisPatterns.InMemory;

internal static partial class StreamHandlers
{
    private static void RegisterGroups(HandlerTable table)
    {
        table.Add("XGROUP CREATE", CreateGroup);
        table.Add("XGROUP SETID", SetGroupPosition);
        table.Add("XGROUP DESTROY", DestroyGroup);
        table.Add("XGROUP CREATECONSUMER", CreateConsumer);
        table.Add("XGROUP DELCONSUMER", DeleteConsumer);
        table.Add("XACK", Acknowledge);
    }

    private static StoreReply CreateGroup(CommandContext context, StoreCommand command)
    {
        command.RequireCount(3);
        var (makeStream, entriesRead) = GroupOptions(context, command, mayMakeStream: true);
        var key = command.Key(0);
        var stream = context.Get<StreamData>(key);
        if (stream is null && !makeStream)
        {
            throw KeyMustExist(context);
        }

        var id = command.IsWord(2, "$") ? stream?.LastId ?? default : command.StreamIdAt(2);
        if (stream?.FindGroup(command.Value(1)) is not null)
        {
            throw StoreErrors.FromServer("BUSYGROUP Consumer Group name already exists", context.CommandName);
        }

        context.GetOrAdd<StreamData>(key).AddGroup(command.Value(1), id, entriesRead);
        return StoreReply.Ok;
    }

    private static StoreReply SetGroupPosition(CommandContext context, StoreCommand command)
    {
        command.RequireCount(3);
        var (_, entriesRead) = GroupOptions(context, command, mayMakeStream: false);
        var (stream, group) = ExistingGroup(context, command);
        var id = command.IsWord(2, "$") ? stream.LastId
            : command.IsWord(2, "-") ? StreamId.Zero
            : command.IsWord(2, "+") ? StreamId.MaxValue
            : command.StreamIdAt(2);
        group.SetPosition(id, entriesRead);
        return StoreReply.Ok;
    }

    private static StoreReply DestroyGroup(CommandContext context, StoreCommand command)
    {
        command.RequireCount(2, 2);
        var stream = context.Get<StreamData>(command.Key(0)) ?? throw KeyMustExist(context);
        if (stream.FindGroup(command.Value(1)) is not { } group)
        {
            return StoreReply.Integer(0);
        }

        stream.RemoveGroup(group);
        return StoreReply.Integer(1);
    }

    private static StoreReply CreateConsumer(CommandContext context, StoreCommand command)
    {
        command.RequireCount(3, 3);
        var (_, group) = ExistingGroup(context, command);
        if (group.FindConsumer(command.Value(2)) is not null)
        {
            return StoreReply.Integer(0);
        }

        group.AddConsumer(command.Value(2), context.Now);
        return StoreReply.Integer(1);
    }

    private static StoreReply DeleteConsumer(CommandContext context, StoreCommand command)
    {
        command.RequireCount(3, 3);
        var (_, group) = ExistingGroup(context, command);
        if (group.FindConsumer(command.Value(2)) is not { } consumer)
        {
            return StoreReply.Integer(0);
        }

        var pending = consumer.Pending.Count;
        group.RemoveConsumer(consumer);
        return StoreReply.Integer(pending);
    }

    private static StoreReply Acknowledge(CommandContext context, StoreCommand command)
    {
        command.RequireCount(3);
        if (context.Get<StreamData>(command.Key(0))?.FindGroup(command.Value(1)) is not { } group)
        {
            return StoreReply.Integer(0);
        }

        var acknowledged = 0;
        foreach (var id in command.StreamIdsFrom(2))
        {
            if (group.Pending.Find(id) is { } delivery)
            {
                group.RemovePending(delivery);
                acknowledged++;
            }
        }

        return StoreReply.Integer(acknowledged);
    }

    private static (bool MakeStream, long EntriesRead) GroupOptions(CommandContext context, StoreCommand command, bool mayMakeStream)
    {
        var (makeStream, entriesRead) = (false, StreamGroup.Unknown);
        for (var i = 3; i < command.ArgumentCount; i++)
        {
            if (mayMakeStream && command.IsWord(i, "MKSTREAM"))
            {
                makeStream = true;
            }
            else if (command.ArgumentCount > i + 1 && command.IsWord(i, "ENTRIESREAD"))
            {
                entriesRead = command.Int64(++i);
                ThrowIf(context, entriesRead < StreamGroup.Unknown, "ERR value for ENTRIESREAD must be positive or -1");
            }
            else
            {
                throw ServerErrors.Syntax(context.CommandName);
            }
        }

        return (makeStream, entriesRead);
    }

    private static (StreamData Stream, StreamGroup Group) ExistingGroup(CommandContext context, StoreCommand command)
    {
        var stream = context.Get<StreamData>(command.Key(0)) ?? throw KeyMustExist(context);
        return stream.FindGroup(command.Value(1)) is { } group
            ? (stream, group)
            : throw StoreErrors.FromServer("NOGROUP No such consumer group", context.CommandName);
    }

    private static StoreException KeyMustExist(CommandContext context) =>
        StoreErrors.FromServer("ERR The XGROUP subcommand requires the key to exist.", context.CommandName);
}
