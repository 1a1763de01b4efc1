namespace RedisPatterns.InMemory;

/// <summary>How to undo one mutation. The action is a static lambda; what it needs lies in the other members.</summary>
/// <param name="Revert">Undoes the mutation; must not record anything itself.</param>
/// <param name="Target">The database or data structure that was changed.</param>
/// <param name="Subject">The field, member or element.</param>
/// <param name="Value">The value before.</param>
/// <param name="Before">Whatever else there was before.</param>
/// <param name="Number">A moment, an index, or the bits of a score before.</param>
internal readonly record struct UndoStep(
    Action<UndoStep> Revert,
    object Target,
    StoreValue Subject = default,
    StoreValue Value = default,
    object? Before = null,
    long Number = 0);
