namespace RedisPatterns;

/// <summary>The stored entity has another version than the one that was read: somebody else has changed it meanwhile.</summary>
public sealed class VersionConflictException : EntityException
{
    /// <summary>The refusal.</summary>
    /// <param name="model">The name of the model.</param>
    /// <param name="expectedVersion">The version that the write was based on.</param>
    /// <param name="actualVersion">The version that is stored.</param>
    public VersionConflictException(string model, long expectedVersion, long actualVersion)
        : base(model, $"{model}: the stored version is {actualVersion}, not {expectedVersion}; nothing was written.")
    {
        ExpectedVersion = expectedVersion;
        ActualVersion = actualVersion;
    }

    /// <summary>The version that the write was based on.</summary>
    public long ExpectedVersion { get; }

    /// <summary>The version that is stored.</summary>
    public long ActualVersion { get; }
}
