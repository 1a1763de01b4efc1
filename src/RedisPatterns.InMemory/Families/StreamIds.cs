using RedisPatterns.Commands;

namespace RedisPatterns.InMemory;

/// <summary>Reads ids and ranges of ids as a server does.</summary>
internal static class StreamIds
{
    /// <summary>An id; without a sequence number it gets the given one.</summary>
    public static StreamId StreamIdAt(this StoreCommand command, int index, ulong missingSequence = 0) =>
        TryRead(command.Value(index).AsText()!, missingSequence, out var id) ? id : throw Invalid(command);

    /// <summary>Reads an id that is written out.</summary>
    public static bool TryRead(string text, ulong missingSequence, out StreamId id)
    {
        var isWhole = text.Contains('-', StringComparison.Ordinal);
        var isId = StreamId.TryParse(text, out id);
        id = isId && !isWhole ? id with { Sequence = missingSequence } : id;
        return isId;
    }

    /// <summary>The lower end of a range: an id, <c>-</c>, <c>+</c>, or an excluded id.</summary>
    public static StreamId RangeStartAt(this StoreCommand command, int index)
    {
        var (id, exclude) = RangeEndAt(command, index, missingSequence: 0);
        return !exclude ? id
            : id != StreamId.MaxValue ? Next(id)
            : throw StoreErrors.FromServer("ERR invalid start ID for the interval", command.Definition.Name);
    }

    /// <summary>The upper end of a range: an id, <c>-</c>, <c>+</c>, or an excluded id.</summary>
    public static StreamId RangeStopAt(this StoreCommand command, int index)
    {
        var (id, exclude) = RangeEndAt(command, index, missingSequence: ulong.MaxValue);
        return !exclude ? id
            : id != StreamId.Zero ? Previous(id)
            : throw StoreErrors.FromServer("ERR invalid end ID for the interval", command.Definition.Name);
    }

    /// <summary>The ids from an index on.</summary>
    public static StreamId[] StreamIdsFrom(this StoreCommand command, int index)
    {
        var ids = new StreamId[Math.Max(command.ArgumentCount - index, 0)];
        for (var i = 0; i < ids.Length; i++)
        {
            ids[i] = command.StreamIdAt(index + i);
        }

        return ids;
    }

    /// <summary>The id after an id that is not the greatest.</summary>
    public static StreamId Next(StreamId id) => id.Sequence == ulong.MaxValue ? new(id.Milliseconds + 1, 0) : new(id.Milliseconds, id.Sequence + 1);

    /// <summary>An id as a reply.</summary>
    public static StoreReply Reply(StreamId id) => StoreReply.FromValue(id.ToString());

    public static StoreException Invalid(StoreCommand command) =>
        StoreErrors.FromServer("ERR Invalid stream ID specified as stream command argument", command.Definition.Name);

    private static StreamId Previous(StreamId id) => id.Sequence == 0 ? new(id.Milliseconds - 1, ulong.MaxValue) : new(id.Milliseconds, id.Sequence - 1);

    private static (StreamId Id, bool Exclude) RangeEndAt(StoreCommand command, int index, ulong missingSequence)
    {
        var text = command.Value(index).AsText()!;
        var exclude = text.Length > 1 && text[0] == '(';
        return text == "-" ? (StreamId.Zero, false)
            : text == "+" ? (StreamId.MaxValue, false)
            : TryRead(exclude ? text[1..] : text, missingSequence, out var id) ? (id, exclude)
            : throw Invalid(command);
    }
}
