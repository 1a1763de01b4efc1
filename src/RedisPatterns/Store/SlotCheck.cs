namespace RedisPatterns;

/// <summary>Refuses keys that do not share a hash slot, on every store alike.</summary>
public static class SlotCheck
{
    /// <summary>Refuses keys that do not share a hash slot.</summary>
    /// <param name="keys">The keys.</param>
    /// <param name="operation">What they are for, to begin the message with.</param>
    /// <exception cref="CrossSlotException">They do not share one.</exception>
    public static void ThrowIfCrossSlot(IReadOnlyList<StoreKey> keys, string operation)
    {
        ArgumentNullException.ThrowIfNull(keys);
        var tag = keys.Count > 1 ? HashSlot.TagOf(keys[0]) : default;
        for (var i = 1; i < keys.Count; i++)
        {
            if ((tag.IsEmpty || !tag.SequenceEqual(HashSlot.TagOf(keys[i]))) && HashSlot.Of(keys[0]) != HashSlot.Of(keys[i]))
            {
                throw new CrossSlotException($"{operation}: the keys do not share a hash slot; give them one hash tag, such as {{shop}}.");
            }
        }
    }
}
