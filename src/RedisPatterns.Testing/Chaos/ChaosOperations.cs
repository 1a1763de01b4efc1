namespace RedisPatterns.Testing;

/// <summary>Kinds of calls on a store.</summary>
[Flags]
public enum ChaosOperations
{
    /// <summary>None.</summary>
    None = 0,

    /// <summary>Single commands that only read.</summary>
    Reads = 1,

    /// <summary>Single commands that may write.</summary>
    Writes = 2,

    /// <summary>Pipelines.</summary>
    Pipelines = 4,

    /// <summary>Atomic batches.</summary>
    Batches = 8,

    /// <summary>Atomic scripts.</summary>
    Scripts = 16,

    /// <summary>Walks through the keys: the walk is one call.</summary>
    Scans = 32,

    /// <summary>Subscribing.</summary>
    Subscriptions = 64,

    /// <summary>Every kind.</summary>
    All = Reads | Writes | Pipelines | Batches | Scripts | Scans | Subscriptions,
}
