namespace RedisPatterns.Commands;

/// <summary>What becomes of a key's time to live: nothing, an end after a while or at a moment, kept as it is, or taken away.</summary>
/// <remarks>Precise to the millisecond; what is finer is cut off. <c>default</c> is <see cref="None"/>.</remarks>
public readonly struct Expiry : IEquatable<Expiry>
{
    private readonly Mode _mode;
    private readonly long _milliseconds;

    private Expiry(Mode mode, long milliseconds = 0)
    {
        _mode = mode;
        _milliseconds = milliseconds;
    }

    private enum Mode
    {
        None,
        Keep,
        Persist,
        After,
        At,
    }

    /// <summary>No time to live: a value that is set lives until it is deleted.</summary>
    public static Expiry None => default;

    /// <summary>The time to live that the key has is kept.</summary>
    public static Expiry Keep => new(Mode.Keep);

    /// <summary>The time to live that the key has is taken away.</summary>
    public static Expiry Persist => new(Mode.Persist);

    /// <summary>Whether nothing is said about the time to live.</summary>
    public bool IsNone => _mode == Mode.None;

    /// <summary>An end after a while.</summary>
    /// <param name="span">How long; at least a millisecond.</param>
    public static Expiry After(TimeSpan span)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(span, TimeSpan.FromMilliseconds(1));
        return new(Mode.After, span.Ticks / TimeSpan.TicksPerMillisecond);
    }

    /// <summary>An end at a moment; one that has passed deletes the key at once.</summary>
    /// <param name="moment">When; after 1 January 1970.</param>
    public static Expiry At(DateTimeOffset moment)
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(moment, DateTimeOffset.UnixEpoch);
        return new(Mode.At, moment.ToUnixTimeMilliseconds());
    }

    /// <summary>An end after a while.</summary>
    /// <param name="span">How long; at least a millisecond.</param>
    public static implicit operator Expiry(TimeSpan span) => After(span);

    /// <summary>Whether two are the same.</summary>
    /// <param name="left">One.</param>
    /// <param name="right">The other.</param>
    public static bool operator ==(Expiry left, Expiry right) => left.Equals(right);

    /// <summary>Whether two differ.</summary>
    /// <param name="left">One.</param>
    /// <param name="right">The other.</param>
    public static bool operator !=(Expiry left, Expiry right) => !left.Equals(right);

    /// <inheritdoc/>
    public bool Equals(Expiry other) => _mode == other._mode && _milliseconds == other._milliseconds;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is Expiry other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(_mode, _milliseconds);

    /// <summary>Adds the words of <c>SET</c> and <c>GETEX</c> for this.</summary>
    internal void AddTo(ArgumentList arguments)
    {
        switch (_mode)
        {
            case Mode.Keep:
                arguments.Add("KEEPTTL");
                break;
            case Mode.Persist:
                arguments.Add("PERSIST");
                break;
            case Mode.After:
                arguments.Add("PX").Add(_milliseconds);
                break;
            case Mode.At:
                arguments.Add("PXAT").Add(_milliseconds);
                break;
            default:
                break;
        }
    }

    internal bool IsKeep => _mode == Mode.Keep;

    internal bool IsPersist => _mode == Mode.Persist;

    internal bool IsAfter => _mode == Mode.After;

    internal long Milliseconds => _milliseconds;
}
