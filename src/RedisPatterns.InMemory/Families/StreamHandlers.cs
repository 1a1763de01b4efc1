using RedisPatterns.Commands;

namespace RedisPatterns.InMemory;

/// <summary>Streams.</summary>
internal static partial class StreamHandlers
{
    public static void Register(HandlerTable table)
    {
        table.Add("XADD", Add);
        table.Add("XTRIM", Trim);
        table.Add("XDEL", Delete);
        table.Add("XLEN", Length);
        table.Add("XSETID", SetLastId);
        RegisterReads(table);
        RegisterGroups(table);
        RegisterPending(table);
        RegisterClaims(table);
        RegisterInfo(table);
    }

    private static StoreReply Add(CommandContext context, StoreCommand command)
    {
        command.RequireCount(4);
        var (index, onlyIfExists, trimming) = (1, false, default(StreamTrimming));
        while (index < command.ArgumentCount && !command.IsWord(index, "*"))
        {
            if (command.IsWord(index, "NOMKSTREAM"))
            {
                onlyIfExists = true;
                index++;
            }
            else if (!StreamTrimming.TryParse(command, ref index, ref trimming))
            {
                break;
            }
        }

        // What is no option must be the id.
        var (id, hasSequence) = index < command.ArgumentCount ? NewIdAt(command, index) : (null, false);
        trimming.ThrowIfContradictory(command);
        var count = command.ArgumentCount - index - 1;
        if (count < 2 || count % 2 != 0)
        {
            throw ServerErrors.ArgumentCount(context.CommandName);
        }

        if (hasSequence && id == StreamId.Zero)
        {
            throw StoreErrors.FromServer("ERR The ID specified in XADD must be greater than 0-0", context.CommandName);
        }

        var key = command.Key(0);
        var existing = context.Get<StreamData>(key);
        if (existing is null && onlyIfExists)
        {
            return StoreReply.Null;
        }

        var added = ChooseId(context, existing?.LastId ?? default, id, hasSequence);
        var stream = context.GetOrAdd<StreamData>(key);
        var fields = new StoreValue[count];
        for (var i = 0; i < fields.Length; i++)
        {
            fields[i] = command.Value(index + 1 + i);
        }

        stream.Add(new StreamRecord(added, fields));
        if (trimming.IsGiven)
        {
            trimming.Apply(stream);
        }

        return StreamIds.Reply(added);
    }

    // The id as given, or null for *; and whether its sequence number is given.
    private static (StreamId? Id, bool HasSequence) NewIdAt(StoreCommand command, int index)
    {
        if (command.IsWord(index, "*"))
        {
            return (null, false);
        }

        var text = command.Value(index).AsText()!;
        var hasSequence = !text.EndsWith("-*", StringComparison.Ordinal);
        return StreamIds.TryRead(hasSequence ? text : text[..^2], missingSequence: 0, out var id) && (hasSequence || !text[..^2].Contains('-', StringComparison.Ordinal))
            ? (id, hasSequence)
            : throw StreamIds.Invalid(command);
    }

    private static StreamId ChooseId(CommandContext context, StreamId last, StreamId? given, bool hasSequence)
    {
        if (last == StreamId.MaxValue)
        {
            throw StoreErrors.FromServer("ERR The stream has exhausted the last possible ID, unable to add more items", context.CommandName);
        }

        var id = given is not { } wanted ? ((ulong)context.Now > last.Milliseconds ? new StreamId((ulong)context.Now, 0) : StreamIds.Next(last))
            : hasSequence || wanted.Milliseconds != last.Milliseconds ? wanted
            : last.Sequence == ulong.MaxValue ? last
            : StreamIds.Next(last);
        return id > last
            ? id
            : throw StoreErrors.FromServer("ERR The ID specified in XADD is equal or smaller than the target stream top item", context.CommandName);
    }

    private static StoreReply Trim(CommandContext context, StoreCommand command)
    {
        command.RequireCount(3);
        var (index, trimming) = (1, default(StreamTrimming));
        while (index < command.ArgumentCount)
        {
            if (!StreamTrimming.TryParse(command, ref index, ref trimming))
            {
                throw ServerErrors.Syntax(context.CommandName);
            }
        }

        trimming.ThrowIfContradictory(command);
        return !trimming.IsGiven
            ? throw ServerErrors.Syntax(context.CommandName)
            : StoreReply.Integer(context.Get<StreamData>(command.Key(0)) is { } stream ? trimming.Apply(stream) : 0);
    }

    private static StoreReply Delete(CommandContext context, StoreCommand command)
    {
        command.RequireCount(2);
        return StoreReply.Integer(context.Get<StreamData>(command.Key(0)) is { } stream ? command.StreamIdsFrom(1).Count(stream.Delete) : 0);
    }

    private static StoreReply Length(CommandContext context, StoreCommand command)
    {
        command.RequireCount(1, 1);
        return StoreReply.Integer(context.Get<StreamData>(command.Key(0))?.Count ?? 0);
    }

    private static StoreReply SetLastId(CommandContext context, StoreCommand command)
    {
        command.RequireCount(2);
        var id = command.StreamIdAt(1);
        var (entriesAdded, maxDeleted) = (-1L, StreamId.Zero);
        for (var i = 2; i < command.ArgumentCount; i += 2)
        {
            var hasMore = command.ArgumentCount > i + 1;
            if (hasMore && command.IsWord(i, "ENTRIESADDED"))
            {
                entriesAdded = command.Int64(i + 1);
                ThrowIf(context, entriesAdded < 0, "ERR entries_added must be positive");
            }
            else if (hasMore && command.IsWord(i, "MAXDELETEDID"))
            {
                maxDeleted = command.StreamIdAt(i + 1);
                ThrowIf(context, id < maxDeleted, "ERR The ID specified in XSETID is smaller than the provided max_deleted_entry_id");
            }
            else
            {
                throw ServerErrors.Syntax(context.CommandName);
            }
        }

        var stream = context.Get<StreamData>(command.Key(0)) ?? throw ServerErrors.NoSuchKey(context.CommandName);
        ThrowIf(context, id < (stream.Last?.Id ?? default), "ERR The ID specified in XSETID is smaller than the target stream top item");
        ThrowIf(context, entriesAdded != -1 && stream.Count > entriesAdded, "ERR The entries_added specified in XSETID is smaller than the target stream length");
        stream.SetCounters(
            id,
            maxDeleted == StreamId.Zero ? stream.MaxDeletedId : maxDeleted,
            entriesAdded == -1 ? stream.EntriesAdded : entriesAdded);
        return StoreReply.Ok;
    }

    private static void ThrowIf(CommandContext context, bool isWrong, string error)
    {
        if (isWrong)
        {
            throw StoreErrors.FromServer(error, context.CommandName);
        }
    }
}
