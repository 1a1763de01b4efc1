using RedisPatterns.Commands;

namespace RedisPatterns.InMemory;

/// <summary>A stream with its consumer groups.</summary>
internal sealed class StreamData(Journal journal) : DataStructure(journal), ICreatable<StreamData>
{
    private readonly List<StreamNode> _nodes = [];
    private readonly SortedDictionary<StoreValue, StreamGroup> _groups = new(ByteOrder.Instance);
    private long _length;

    public override DataType Type => DataType.Stream;

    public override long Count => _length;

    /// <summary>The id of the last entry added, whether or not it is still there.</summary>
    public StreamId LastId { get; private set; }

    /// <summary>The greatest id that was deleted; trimming does not count.</summary>
    public StreamId MaxDeletedId { get; private set; }

    /// <summary>How many entries were ever added.</summary>
    public long EntriesAdded { get; private set; }

    /// <summary>The first entry, or null.</summary>
    public StreamRecord? First => _length == 0 ? null : _nodes[0].Entries[0];

    /// <summary>The last entry, or null.</summary>
    public StreamRecord? Last => _length == 0 ? null : _nodes[^1].Entries[^1];

    public StreamId FirstId => First?.Id ?? default;

    /// <summary>The entries in nodes, from the first on.</summary>
    public IReadOnlyList<StreamNode> Nodes => _nodes;

    /// <summary>The groups in the order of their names.</summary>
    public IReadOnlyCollection<StreamGroup> Groups => _groups.Values;

    public static StreamData Create(Journal journal) => new(journal);

    public StreamGroup? FindGroup(StoreValue name) => _groups.GetValueOrDefault(name);

    /// <summary>The entry of an id, or null.</summary>
    public StreamRecord? Find(StreamId id) => TryLocate(id, out var node, out var index) ? _nodes[node].Entries[index] : null;

    /// <summary>The entries of a range of ids, both ends included.</summary>
    public IEnumerable<StreamRecord> Range(StreamId min, StreamId max)
    {
        for (var (node, index) = Seek(min); node < _nodes.Count; node++, index = 0)
        {
            for (; index < _nodes[node].Entries.Count; index++)
            {
                var record = _nodes[node].Entries[index];
                if (record.Id > max)
                {
                    yield break;
                }

                yield return record;
            }
        }
    }

    /// <summary>The same, from the last to the first.</summary>
    public IEnumerable<StreamRecord> RangeDown(StreamId min, StreamId max)
    {
        var node = Math.Min(SeekNode(max), _nodes.Count - 1);
        for (; node >= 0; node--)
        {
            var entries = _nodes[node].Entries;
            for (var index = entries.Count - 1; index >= 0; index--)
            {
                if (entries[index].Id < min)
                {
                    yield break;
                }

                if (entries[index].Id <= max)
                {
                    yield return entries[index];
                }
            }
        }
    }

    /// <summary>Adds an entry whose id is greater than <see cref="LastId"/>.</summary>
    public void Add(StreamRecord record)
    {
        SetCounters(record.Id, MaxDeletedId, EntriesAdded + 1);
        if (_nodes.Count == 0 || _nodes[^1].IsFullFor(record.Fields))
        {
            _nodes.Add(new StreamNode(record));
        }

        var node = _nodes[^1];
        if (Journal.IsActive)
        {
            var (idBefore, bytesBefore) = (node.LastId, node.Bytes);
            Record(() => Unadd(node, idBefore, bytesBefore));
        }

        node.Add(record);
        _length++;
    }

    /// <summary>Deletes an entry.</summary>
    /// <returns>Whether it was there.</returns>
    public bool Delete(StreamId id)
    {
        if (!TryLocate(id, out var node, out var index))
        {
            return false;
        }

        RemoveAt(node, index);
        SetCounters(LastId, id > MaxDeletedId ? id : MaxDeletedId, EntriesAdded);
        return true;
    }

    /// <summary>Removes the first entry.</summary>
    public void RemoveFirst() => RemoveAt(0, 0);

    /// <summary>Removes the first node.</summary>
    public void RemoveFirstNode()
    {
        var node = _nodes[0];
        _nodes.RemoveAt(0);
        _length -= node.Entries.Count;
        if (Journal.IsActive)
        {
            Record(() =>
            {
                _nodes.Insert(0, node);
                _length += node.Entries.Count;
            });
        }
    }

    /// <summary>Changes what the stream remembers of entries that came and went.</summary>
    public void SetCounters(StreamId lastId, StreamId maxDeletedId, long entriesAdded)
    {
        if (Journal.IsActive)
        {
            var (lastBefore, deletedBefore, addedBefore) = (LastId, MaxDeletedId, EntriesAdded);
            Record(() => (LastId, MaxDeletedId, EntriesAdded) = (lastBefore, deletedBefore, addedBefore));
        }

        (LastId, MaxDeletedId, EntriesAdded) = (lastId, maxDeletedId, entriesAdded);
    }

    /// <summary>Makes a group that is not there.</summary>
    public void AddGroup(StoreValue name, StreamId lastId, long entriesRead)
    {
        _groups.Add(name, new StreamGroup(Journal, name, lastId, entriesRead));
        if (Journal.IsActive)
        {
            Record(() => _groups.Remove(name));
        }
    }

    /// <summary>Removes a group that is there.</summary>
    public void RemoveGroup(StreamGroup group)
    {
        _groups.Remove(group.Name);
        if (Journal.IsActive)
        {
            Record(() => _groups.Add(group.Name, group));
        }
    }

    public override DataStructure Clone()
    {
        var clone = new StreamData(Journal) { LastId = LastId, MaxDeletedId = MaxDeletedId, EntriesAdded = EntriesAdded, _length = _length };
        clone._nodes.AddRange(_nodes.Select(static node => node.Clone()));
        foreach (var group in Groups)
        {
            clone._groups.Add(group.Name, group.Clone(Journal));
        }

        return clone;
    }

    private void Unadd(StreamNode node, StreamId lastId, long bytes)
    {
        _length--;
        node.Entries.RemoveAt(node.Entries.Count - 1);
        node.Total--;
        (node.LastId, node.Bytes) = (lastId, bytes);
        if (node.Entries.Count == 0)
        {
            _nodes.Remove(node);
        }
    }

    private void RemoveAt(int nodeIndex, int index)
    {
        var node = _nodes[nodeIndex];
        var record = node.Entries[index];
        node.Entries.RemoveAt(index);
        _length--;
        var wasLast = node.Entries.Count == 0;
        if (wasLast)
        {
            _nodes.RemoveAt(nodeIndex);
        }

        if (Journal.IsActive)
        {
            Record(() =>
            {
                node.Entries.Insert(index, record);
                _length++;
                if (wasLast)
                {
                    _nodes.Insert(nodeIndex, node);
                }
            });
        }
    }

    // The first entry whose id is not less.
    private (int Node, int Index) Seek(StreamId id)
    {
        var node = SeekNode(id);
        return node == _nodes.Count ? (node, 0) : (node, _nodes[node].Seek(id));
    }

    // The first node whose last entry's id is not less.
    private int SeekNode(StreamId id)
    {
        var (low, high) = (0, _nodes.Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = _nodes[middle].Entries[^1].Id < id ? (middle + 1, high) : (low, middle);
        }

        return low;
    }

    private bool TryLocate(StreamId id, out int node, out int index)
    {
        (node, index) = Seek(id);
        return node < _nodes.Count && _nodes[node].Entries[index].Id == id;
    }

    private void Record(Action revert) => Journal.Record(new(static step => ((Action)step.Before!)(), this, Before: revert));
}
