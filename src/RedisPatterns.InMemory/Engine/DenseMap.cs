using System.Diagnostics.CodeAnalysis;
using System.Numerics;

namespace RedisPatterns.InMemory;

/// <summary>A hash map whose entries lie without gaps, so that the n-th can be had at once: for scans and random picks.</summary>
/// <remarks>
/// A removal moves the last entry into the gap. A scan that walks from the last index down to 0 therefore meets every entry
/// that stays in the map during the whole walk, whatever comes and goes meanwhile: entries only ever move downwards.
/// </remarks>
internal sealed class DenseMap<TKey, TValue>
    where TKey : struct, IEquatable<TKey>
{
    private const int LeastCapacity = 4;

    private int[] _buckets = new int[LeastCapacity];
    private Slot[] _slots = new Slot[LeastCapacity];

    /// <summary>The number of entries.</summary>
    public int Count { get; private set; }

    /// <summary>The index of a key, or -1.</summary>
    public int IndexOf(TKey key)
    {
        var hash = key.GetHashCode();
        for (var i = _buckets[hash & (_buckets.Length - 1)] - 1; i >= 0; i = _slots[i].Next)
        {
            ref var slot = ref _slots[i];
            if (slot.Hash == hash && slot.Key.Equals(key))
            {
                return i;
            }
        }

        return -1;
    }

    /// <summary>Whether there is such a key.</summary>
    public bool ContainsKey(TKey key) => IndexOf(key) >= 0;

    /// <summary>The value of a key.</summary>
    public bool TryGetValue(TKey key, [MaybeNullWhen(false)] out TValue value)
    {
        var index = IndexOf(key);
        value = index < 0 ? default : _slots[index].Value;
        return index >= 0;
    }

    /// <summary>The key at an index.</summary>
    public TKey KeyAt(int index) => _slots[index].Key;

    /// <summary>The value at an index, to be read or changed in place until the next addition or removal.</summary>
    public ref TValue ValueAt(int index) => ref _slots[index].Value;

    /// <summary>Adds a key that is not there.</summary>
    /// <returns>Its value's place.</returns>
    public ref TValue Add(TKey key, TValue value)
    {
        if (Count == _slots.Length)
        {
            Resize(Count * 2);
        }

        var hash = key.GetHashCode();
        ref var bucket = ref _buckets[hash & (_buckets.Length - 1)];
        ref var slot = ref _slots[Count];
        slot = new Slot { Hash = hash, Next = bucket - 1, Key = key, Value = value };
        bucket = ++Count;
        return ref slot.Value;
    }

    /// <summary>Removes a key; the last entry takes its place.</summary>
    public bool Remove(TKey key)
    {
        var index = IndexOf(key);
        if (index >= 0)
        {
            RemoveAt(index);
        }

        return index >= 0;
    }

    /// <summary>Removes the entry at an index; the last entry takes its place.</summary>
    public void RemoveAt(int index)
    {
        Relink(index, _slots[index].Next);
        var last = --Count;
        if (index != last)
        {
            Relink(last, index);
            _slots[index] = _slots[last];
        }

        _slots[last] = default;
        if (_slots.Length > 16 && Count < _slots.Length / 8)
        {
            Resize(_slots.Length / 4);
        }
    }

    /// <summary>Removes everything.</summary>
    public void Clear()
    {
        Count = 0;
        _buckets = new int[LeastCapacity];
        _slots = new Slot[LeastCapacity];
    }

    // Lets whatever leads to an entry, its bucket or the slot before it, lead to another one instead.
    private void Relink(int index, int target)
    {
        ref var bucket = ref _buckets[_slots[index].Hash & (_buckets.Length - 1)];
        if (bucket - 1 == index)
        {
            bucket = target + 1;
            return;
        }

        var i = bucket - 1;
        while (_slots[i].Next != index)
        {
            i = _slots[i].Next;
        }

        _slots[i].Next = target;
    }

    private void Resize(int capacity)
    {
        var size = (int)BitOperations.RoundUpToPowerOf2((uint)Math.Max(capacity, LeastCapacity));
        var slots = new Slot[size];
        Array.Copy(_slots, slots, Count);
        var buckets = new int[size];
        for (var i = 0; i < Count; i++)
        {
            ref var bucket = ref buckets[slots[i].Hash & (size - 1)];
            slots[i].Next = bucket - 1;
            bucket = i + 1;
        }

        _slots = slots;
        _buckets = buckets;
    }

    private struct Slot
    {
        public int Hash;
        public int Next;
        public TKey Key;
        public TValue Value;
    }
}
