using RedisPatterns.Commands;

namespace RedisPatterns.InMemory;

/// <summary>A consumer group of a stream.</summary>
/// <remarks>Every mutator records how to undo what it does when the journal is active.</remarks>
internal sealed class StreamGroup(Journal journal, StoreValue name, StreamId lastId, long entriesRead)
{
    /// <summary>The number of read entries when it is not known.</summary>
    public const long Unknown = -1;

    private readonly SortedDictionary<StoreValue, StreamConsumer> _consumers = new(ByteOrder.Instance);

    public StoreValue Name { get; } = name;

    /// <summary>The id of the last entry delivered.</summary>
    public StreamId LastId { get; private set; } = lastId;

    /// <summary>How many entries of the stream lie up to that id, or <see cref="Unknown"/>.</summary>
    public long EntriesRead { get; private set; } = entriesRead;

    /// <summary>What is pending for any consumer.</summary>
    public PendingList Pending { get; } = new();

    /// <summary>The consumers in the order of their names.</summary>
    public IReadOnlyCollection<StreamConsumer> Consumers => _consumers.Values;

    public StreamConsumer? FindConsumer(StoreValue name) => _consumers.GetValueOrDefault(name);

    /// <summary>Moves the place from which the group reads.</summary>
    public void SetPosition(StreamId lastId, long entriesRead)
    {
        if (journal.IsActive)
        {
            var (idBefore, readBefore) = (LastId, EntriesRead);
            Record(() => (LastId, EntriesRead) = (idBefore, readBefore));
        }

        (LastId, EntriesRead) = (lastId, entriesRead);
    }

    /// <summary>Makes a consumer that is not there.</summary>
    public StreamConsumer AddConsumer(StoreValue name, long now)
    {
        var consumer = new StreamConsumer(name, now);
        _consumers.Add(name, consumer);
        if (journal.IsActive)
        {
            Record(() => _consumers.Remove(name));
        }

        return consumer;
    }

    /// <summary>A consumer that calls; made when it is not there.</summary>
    public StreamConsumer Greet(StoreValue name, long now)
    {
        if (FindConsumer(name) is not { } consumer)
        {
            return AddConsumer(name, now);
        }

        if (journal.IsActive)
        {
            var before = consumer.SeenAt;
            Record(() => consumer.SeenAt = before);
        }

        consumer.SeenAt = now;
        return consumer;
    }

    /// <summary>Removes a consumer with what is pending for it.</summary>
    public void RemoveConsumer(StreamConsumer consumer)
    {
        while (consumer.Pending.Count > 0)
        {
            RemovePending(consumer.Pending[consumer.Pending.Count - 1]);
        }

        _consumers.Remove(consumer.Name);
        if (journal.IsActive)
        {
            Record(() => _consumers.Add(consumer.Name, consumer));
        }
    }

    /// <summary>Adds a delivery of an entry that is not pending.</summary>
    public void AddPending(PendingDelivery delivery)
    {
        Pending.Add(delivery);
        delivery.Consumer.Pending.Add(delivery);
        if (journal.IsActive)
        {
            Record(() => Forget(delivery));
        }
    }

    /// <summary>Removes a delivery.</summary>
    public void RemovePending(PendingDelivery delivery)
    {
        Forget(delivery);
        if (journal.IsActive)
        {
            Record(() =>
            {
                Pending.Add(delivery);
                delivery.Consumer.Pending.Add(delivery);
            });
        }
    }

    /// <summary>Delivers a pending entry again.</summary>
    public void Deliver(PendingDelivery delivery, StreamConsumer consumer, long deliveredAt, long count)
    {
        if (journal.IsActive)
        {
            var (before, momentBefore, countBefore) = (delivery.Consumer, delivery.DeliveredAt, delivery.Count);
            Record(() => Assign(delivery, before, momentBefore, countBefore));
        }

        Assign(delivery, consumer, deliveredAt, count);
    }

    /// <summary>A group with the same state.</summary>
    public StreamGroup Clone(Journal owner)
    {
        var clone = new StreamGroup(owner, Name, LastId, EntriesRead);
        foreach (var consumer in Consumers)
        {
            var copy = new StreamConsumer(consumer.Name, consumer.SeenAt);
            clone._consumers.Add(copy.Name, copy);
            for (var i = 0; i < consumer.Pending.Count; i++)
            {
                var delivery = consumer.Pending[i];
                clone.AddPending(new PendingDelivery(delivery.Id, copy, delivery.DeliveredAt, delivery.Count));
            }
        }

        return clone;
    }

    private static void Assign(PendingDelivery delivery, StreamConsumer consumer, long deliveredAt, long count)
    {
        if (!ReferenceEquals(delivery.Consumer, consumer))
        {
            delivery.Consumer.Pending.Remove(delivery);
            consumer.Pending.Add(delivery);
            delivery.Consumer = consumer;
        }

        delivery.DeliveredAt = deliveredAt;
        delivery.Count = count;
    }

    private void Forget(PendingDelivery delivery)
    {
        Pending.Remove(delivery);
        delivery.Consumer.Pending.Remove(delivery);
    }

    private void Record(Action revert) => journal.Record(new(static step => ((Action)step.Before!)(), this, Before: revert));
}
