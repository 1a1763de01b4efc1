namespace RedisPatterns;

/// <summary>What must be true of the data before a batch, so that one of its commands can be carried out. For stores.</summary>
/// <param name="Kind">What is looked at.</param>
/// <param name="CommandIndex">The index of the command that can not be carried out otherwise.</param>
/// <param name="Key">The key.</param>
public sealed record Precheck(PrecheckKind Kind, int CommandIndex, StoreKey Key)
{
    /// <summary>The type that the key must hold, where the check is about one.</summary>
    public DataType Type { get; init; }

    /// <summary>Whether the command is sure to fail when the check does not hold; if not, it can only be tried. Default: true.</summary>
    public bool IsDecisive { get; init; } = true;

    /// <summary>The field, index, member, id or group, where the check is about one.</summary>
    public StoreValue Subject { get; init; }

    /// <summary>The least number that will do.</summary>
    public long Low { get; init; } = long.MinValue;

    /// <summary>The greatest number that will do.</summary>
    public long High { get; init; } = long.MaxValue;
}
