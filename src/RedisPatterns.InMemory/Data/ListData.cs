using System.Numerics;

namespace RedisPatterns.InMemory;

/// <summary>A list: a ring of elements, so that both ends are at hand.</summary>
internal sealed class ListData(Journal journal) : DataStructure(journal), ICreatable<ListData>
{
    private const int LeastCapacity = 4;

    private StoreValue[] _ring = new StoreValue[LeastCapacity];
    private int _head;
    private int _count;

    public override DataType Type => DataType.List;

    public override long Count => _count;

    /// <summary>The element at an index below <see cref="Count"/>.</summary>
    public StoreValue this[int index] => At(index);

    public static ListData Create(Journal journal) => new(journal);

    /// <summary>Puts an element at an end.</summary>
    public void Push(StoreValue element, bool left) => Insert(left ? 0 : _count, element);

    /// <summary>Puts an element before the one at an index, or behind the last when there is none.</summary>
    public void Insert(int index, StoreValue element)
    {
        if (Journal.IsActive)
        {
            Journal.Record(new(static step => ((ListData)step.Target).RemoveRange((int)step.Number, 1), this, Number: index));
        }

        Open(index, 1);
        At(index) = element;
    }

    /// <summary>Replaces the element at an index.</summary>
    public void Set(int index, StoreValue element)
    {
        ref var place = ref At(index);
        if (Journal.IsActive)
        {
            Journal.Record(new(static step => ((ListData)step.Target).At((int)step.Number) = step.Value, this, Value: place, Number: index));
        }

        place = element;
    }

    /// <summary>Takes the element at an end; there must be one.</summary>
    public StoreValue Pop(bool left)
    {
        var index = left ? 0 : _count - 1;
        var element = At(index);
        if (Journal.IsActive)
        {
            Journal.Record(new(static step => ((ListData)step.Target).Restore((int)step.Number, [step.Value]), this, Value: element, Number: index));
        }

        RemoveRange(index, 1);
        return element;
    }

    /// <summary>Removes elements.</summary>
    /// <param name="index">The first of them.</param>
    /// <param name="count">How many.</param>
    public void Remove(int index, int count)
    {
        if (count == 0)
        {
            return;
        }

        if (Journal.IsActive)
        {
            var removed = new StoreValue[count];
            for (var i = 0; i < count; i++)
            {
                removed[i] = At(index + i);
            }

            Journal.Record(new(
                static step => ((ListData)step.Target).Restore((int)step.Number, (StoreValue[])step.Before!), this, Before: removed, Number: index));
        }

        RemoveRange(index, count);
    }

    /// <summary>Removes elements that equal a value.</summary>
    /// <param name="element">The value.</param>
    /// <param name="limit">At most how many.</param>
    /// <param name="fromLeft">Whether the first ones go, or the last.</param>
    /// <returns>How many were removed.</returns>
    public int RemoveEqual(StoreValue element, long limit, bool fromLeft)
    {
        var found = new List<int>();
        for (var i = 0; i < _count && found.Count < limit; i++)
        {
            var index = fromLeft ? i : _count - 1 - i;
            if (At(index) == element)
            {
                found.Add(index);
            }
        }

        if (found.Count == 0)
        {
            return 0;
        }

        int[] indexes = [.. found];
        Array.Sort(indexes);
        if (Journal.IsActive)
        {
            Journal.Record(new(static step => ((ListData)step.Target).RestoreEqual((int[])step.Before!, step.Value), this, Value: element, Before: indexes));
        }

        var (kept, next) = (indexes[0], 0);
        for (var i = kept; i < _count; i++)
        {
            if (next < indexes.Length && indexes[next] == i)
            {
                next++;
            }
            else
            {
                At(kept++) = At(i);
            }
        }

        RemoveRange(kept, _count - kept);
        return indexes.Length;
    }

    public override DataStructure Clone()
    {
        var clone = new ListData(Journal) { _ring = new StoreValue[_ring.Length], _count = _count };
        CopyTo(clone._ring);
        return clone;
    }

    private void Restore(int index, StoreValue[] elements)
    {
        Open(index, elements.Length);
        for (var i = 0; i < elements.Length; i++)
        {
            At(index + i) = elements[i];
        }
    }

    private void RestoreEqual(int[] indexes, StoreValue element)
    {
        var (source, next) = (_count - 1, indexes.Length - 1);
        Open(_count, indexes.Length);
        for (var i = _count - 1; next >= 0; i--)
        {
            if (indexes[next] == i)
            {
                At(i) = element;
                next--;
            }
            else
            {
                At(i) = At(source--);
            }
        }
    }

    private ref StoreValue At(int index) => ref _ring[(_head + index) & (_ring.Length - 1)];

    // Makes room for elements before an index, moving the shorter side.
    private void Open(int index, int count)
    {
        if (_count + count > _ring.Length)
        {
            Resize((int)BitOperations.RoundUpToPowerOf2((uint)(_count + count)));
        }

        _count += count;
        if (index < _count - count - index)
        {
            _head = (_head - count) & (_ring.Length - 1);
            for (var i = 0; i < index; i++)
            {
                At(i) = At(i + count);
            }
        }
        else
        {
            for (var i = _count - 1; i >= index + count; i--)
            {
                At(i) = At(i - count);
            }
        }
    }

    private void RemoveRange(int index, int count)
    {
        var behind = _count - index - count;
        if (index < behind)
        {
            for (var i = index - 1; i >= 0; i--)
            {
                At(i + count) = At(i);
            }

            Clear(0, count);
            _head = (_head + count) & (_ring.Length - 1);
        }
        else
        {
            for (var i = index; i < index + behind; i++)
            {
                At(i) = At(i + count);
            }

            Clear(_count - count, count);
        }

        _count -= count;
        if (_ring.Length > 16 && _count < _ring.Length / 8)
        {
            Resize(_ring.Length / 4);
        }
    }

    // So that what was removed can be collected.
    private void Clear(int index, int count)
    {
        for (var i = index; i < index + count; i++)
        {
            At(i) = default;
        }
    }

    private void Resize(int capacity)
    {
        var ring = new StoreValue[Math.Max(capacity, LeastCapacity)];
        CopyTo(ring);
        _ring = ring;
        _head = 0;
    }

    private void CopyTo(StoreValue[] target)
    {
        var first = Math.Min(_count, _ring.Length - _head);
        Array.Copy(_ring, _head, target, 0, first);
        Array.Copy(_ring, 0, target, first, _count - first);
    }
}
