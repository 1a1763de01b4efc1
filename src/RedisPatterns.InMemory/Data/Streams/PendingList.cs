using RedisPatterns.Commands;

namespace RedisPatterns.InMemory;

/// <summary>Pending deliveries in the order of their ids.</summary>
internal sealed class PendingList
{
    private readonly List<PendingDelivery> _items = [];

    public int Count => _items.Count;

    public PendingDelivery this[int index] => _items[index];

    /// <summary>The delivery of an entry, or null.</summary>
    public PendingDelivery? Find(StreamId id) => Seek(id) is var index && index < _items.Count && _items[index].Id == id ? _items[index] : null;

    /// <summary>The index of the first delivery whose id is not less.</summary>
    public int Seek(StreamId id)
    {
        var (low, high) = (0, _items.Count);
        if (high > 0 && _items[high - 1].Id < id)
        {
            return high;
        }

        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = _items[middle].Id < id ? (middle + 1, high) : (low, middle);
        }

        return low;
    }

    /// <summary>Adds a delivery that is not there.</summary>
    public void Add(PendingDelivery delivery) => _items.Insert(Seek(delivery.Id), delivery);

    /// <summary>Removes a delivery that is there.</summary>
    public void Remove(PendingDelivery delivery) => _items.RemoveAt(Seek(delivery.Id));
}
