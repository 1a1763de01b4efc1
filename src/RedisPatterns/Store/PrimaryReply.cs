namespace RedisPatterns;

/// <summary>What one primary answered to a command that was sent to every one of them.</summary>
/// <typeparam name="TReply">What the command answers.</typeparam>
public sealed class PrimaryReply<TReply>
{
    private readonly TReply? _value;

    /// <summary>A reply.</summary>
    /// <param name="primary">The name of the primary.</param>
    /// <param name="value">The reply.</param>
    public PrimaryReply(string primary, TReply value)
    {
        ArgumentException.ThrowIfNullOrEmpty(primary);
        (Primary, _value) = (primary, value);
    }

    /// <summary>A failure.</summary>
    /// <param name="primary">The name of the primary.</param>
    /// <param name="error">Why it has no reply.</param>
    public PrimaryReply(string primary, StoreException error)
    {
        ArgumentException.ThrowIfNullOrEmpty(primary);
        ArgumentNullException.ThrowIfNull(error);
        (Primary, Error) = (primary, error);
    }

    /// <summary>The name of the primary: its address, or the kind of store where there is none.</summary>
    public string Primary { get; }

    /// <summary>Why the command failed there, or null.</summary>
    public StoreException? Error { get; }

    /// <summary>The reply.</summary>
    /// <exception cref="StoreException">The command failed; this is its error.</exception>
    public TReply Value => Error is null ? _value! : throw Error;

    /// <summary>The name of the primary, and whether it failed.</summary>
    public override string ToString() => Error is null ? Primary : $"{Primary}: {Error.GetType().Name}";
}
