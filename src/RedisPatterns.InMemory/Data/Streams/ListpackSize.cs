using RedisPatterns.Commands;

namespace RedisPatterns.InMemory;

/// <summary>The bytes that a server needs for stream entries in its packed form: they decide where a node ends.</summary>
internal static class ListpackSize
{
    private const int HeaderAndEnd = 7;

    /// <summary>A new node: counts, and the names of the fields of its first entry.</summary>
    public static long OfMaster(StoreValue[] fields) =>
        HeaderAndEnd + OfInteger(1) + OfInteger(0) + OfInteger(fields.Length / 2) + OfInteger(0) + Every(fields, 0, 2);

    /// <summary>An entry; the names of its fields are left out when they are those of the node's first.</summary>
    public static long OfEntry(StreamRecord record, StreamId masterId, StoreValue[] masterFields)
    {
        var fields = record.Fields;
        var count = fields.Length / 2;
        var size = OfInteger(0) + OfInteger((long)(record.Id.Milliseconds - masterId.Milliseconds)) + OfInteger((long)(record.Id.Sequence - masterId.Sequence));
        return HasSameNames(fields, masterFields)
            ? size + Every(fields, 1, 2) + OfInteger(count + 3)
            : size + OfInteger(count) + Every(fields, 0, 1) + OfInteger((2 * count) + 4);
    }

    private static long Every(StoreValue[] fields, int first, int step)
    {
        var size = 0L;
        for (var i = first; i < fields.Length; i += step)
        {
            size += OfValue(fields[i]);
        }

        return size;
    }

    private static bool HasSameNames(StoreValue[] fields, StoreValue[] others)
    {
        if (fields.Length != others.Length)
        {
            return false;
        }

        for (var i = 0; i < fields.Length; i += 2)
        {
            if (fields[i] != others[i])
            {
                return false;
            }
        }

        return true;
    }

    private static long OfValue(StoreValue value)
    {
        if (value.TryGetInt64(out var number))
        {
            return OfInteger(number);
        }

        var length = value.GetByteCount();
        return WithBackLength(length + (length < 64 ? 1 : length < 4096 ? 2 : 5));
    }

    private static long OfInteger(long number) => WithBackLength(number switch
    {
        >= 0 and <= 127 => 1,
        >= -4096 and <= 4095 => 2,
        >= short.MinValue and <= short.MaxValue => 3,
        >= -8388608 and <= 8388607 => 4,
        >= int.MinValue and <= int.MaxValue => 5,
        _ => 9,
    });

    private static long WithBackLength(long size) => size + (size <= 127 ? 1 : size < 16383 ? 2 : size < 2097151 ? 3 : size < 268435455 ? 4 : 5);
}
