using RedisPatterns.Commands;

namespace RedisPatterns.InMemory;

/// <summary>How far a group is behind its stream, as far as that can be told.</summary>
internal static class StreamLag
{
    /// <summary>How many entries are to be delivered still, or null when it can not be told.</summary>
    public static long? Of(StreamData stream, StreamGroup group)
    {
        if (stream.EntriesAdded == 0)
        {
            return 0;
        }

        var read = group.EntriesRead != StreamGroup.Unknown && !HasDeletedFrom(stream, group.LastId) ? group.EntriesRead : Estimate(stream, group.LastId);
        return read == StreamGroup.Unknown ? null : stream.EntriesAdded - read;
    }

    /// <summary>Whether an entry from an id on was deleted, so that counting is off.</summary>
    public static bool HasDeletedFrom(StreamData stream, StreamId id) =>
        stream.Count > 0 && stream.MaxDeletedId != StreamId.Zero && stream.FirstId <= stream.MaxDeletedId && id <= stream.MaxDeletedId;

    /// <summary>How many entries were ever added up to an id, or <see cref="StreamGroup.Unknown"/>.</summary>
    public static long Estimate(StreamData stream, StreamId id)
    {
        if (stream.EntriesAdded == 0)
        {
            return 0;
        }

        if (id == stream.LastId || (stream.Count == 0 && id < stream.LastId))
        {
            return stream.EntriesAdded;
        }

        var isWhole = stream.MaxDeletedId == StreamId.Zero || stream.MaxDeletedId < stream.FirstId;
        return id > stream.LastId || !isWhole || id > stream.FirstId
            ? StreamGroup.Unknown
            : stream.EntriesAdded - stream.Count + (id == stream.FirstId ? 1 : 0);
    }
}
