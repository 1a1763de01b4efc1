namespace RedisPatterns.Commands;

/// <summary>Down to what a stream is trimmed: a number of entries, or a least id.</summary>
/// <remarks>
/// Exact unless <see cref="Approximately"/> is called. Approximate trimming is cheaper: a server may leave more entries than
/// asked for, as it removes whole nodes of some hundred entries only. <c>default</c> trims nothing and is refused.
/// </remarks>
public readonly record struct StreamTrim
{
    private readonly StoreValue _threshold;
    private readonly bool _byId;
    private readonly bool _approximate;
    private readonly long? _limit;

    private StreamTrim(StoreValue threshold, bool byId, bool approximate = false, long? limit = null)
    {
        _threshold = threshold;
        _byId = byId;
        _approximate = approximate;
        _limit = limit;
    }

    /// <summary>Keeps the newest entries. <c>MAXLEN</c>.</summary>
    /// <param name="count">How many; 0 or more.</param>
    public static StreamTrim MaxLength(long count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        return new(count, byId: false);
    }

    /// <summary>Keeps the entries from an id on. <c>MINID</c>.</summary>
    /// <param name="id">The least id that is kept.</param>
    public static StreamTrim MinId(StreamId id) => new(id.ToString(), byId: true);

    /// <summary>The same, approximately. <c>~</c>.</summary>
    /// <param name="limit">How many entries are removed at most in one call; 0 for no limit; null for the server's default of 10,000.</param>
    public StreamTrim Approximately(long? limit = null)
    {
        if (limit is { } most)
        {
            ArgumentOutOfRangeException.ThrowIfNegative(most, nameof(limit));
        }

        return new(_threshold, _byId, approximate: true, limit);
    }

    internal ArgumentList AddTo(ArgumentList arguments, string parameter)
    {
        if (_threshold.IsNull)
        {
            throw new ArgumentException("Say down to what the stream is trimmed.", parameter);
        }

        arguments.Add(_byId ? "MINID" : "MAXLEN").Add(_approximate ? "~" : "=").Add(_threshold);
        return _limit is { } limit ? arguments.Add("LIMIT").Add(limit) : arguments;
    }
}
