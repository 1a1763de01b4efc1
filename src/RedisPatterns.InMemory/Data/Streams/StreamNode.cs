using RedisPatterns.Commands;

namespace RedisPatterns.InMemory;

/// <summary>Some consecutive entries of a stream, as a server keeps them together: approximate trimming removes whole nodes.</summary>
internal sealed class StreamNode(StreamRecord first)
{
    // The defaults of stream-node-max-entries and stream-node-max-bytes.
    private const int MaxEntries = 100;
    private const int MaxBytes = 4096;

    private readonly StreamId _masterId = first.Id;
    private readonly StoreValue[] _masterFields = first.Fields;

    /// <summary>The entries that are there, in the order of their ids; at least one.</summary>
    public List<StreamRecord> Entries { get; init; } = [];

    /// <summary>The number of entries that ever were in the node.</summary>
    public int Total { get; set; }

    /// <summary>The greatest id that ever was in the node.</summary>
    public StreamId LastId { get; set; }

    /// <summary>The bytes that a server needs for the node; removed entries count on.</summary>
    public long Bytes { get; set; } = ListpackSize.OfMaster(first.Fields);

    /// <summary>Whether an entry may not be added any more.</summary>
    public bool IsFullFor(StoreValue[] fields) => Total >= MaxEntries || Bytes + fields.Sum(static field => (long)field.GetByteCount()) >= MaxBytes;

    /// <summary>Adds an entry at the end.</summary>
    public void Add(StreamRecord record)
    {
        Entries.Add(record);
        Total++;
        LastId = record.Id;
        Bytes += ListpackSize.OfEntry(record, _masterId, _masterFields);
    }

    /// <summary>The index of the first entry whose id is not less.</summary>
    public int Seek(StreamId id)
    {
        var (low, high) = (0, Entries.Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = Entries[middle].Id < id ? (middle + 1, high) : (low, middle);
        }

        return low;
    }

    /// <summary>A node with the same entries.</summary>
    public StreamNode Clone() => new(new StreamRecord(_masterId, _masterFields)) { Entries = [.. Entries], Total = Total, LastId = LastId, Bytes = Bytes };
}
