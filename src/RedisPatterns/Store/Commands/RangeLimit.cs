namespace RedisPatterns.Commands;

/// <summary>Which part of a range is returned. <c>default</c> is <see cref="None"/>: all of it.</summary>
public readonly record struct RangeLimit
{
    private RangeLimit(long offset, long count)
    {
        Offset = offset;
        Count = count;
        IsLimited = true;
    }

    /// <summary>The whole range.</summary>
    public static RangeLimit None => default;

    /// <summary>Whether there is a limit.</summary>
    public bool IsLimited { get; }

    /// <summary>How many elements are passed over; 0 when there is no limit. The server walks over them, so it costs time.</summary>
    public long Offset { get; }

    /// <summary>How many elements are returned at most; -1 means all that follow the offset; 0 when there is no limit.</summary>
    public long Count { get; }

    /// <summary>The first elements of the range.</summary>
    /// <param name="count">How many at most; 0 or more.</param>
    public static RangeLimit Take(long count) => Page(0, count);

    /// <summary>All but the first elements of the range.</summary>
    /// <param name="offset">How many are passed over; 0 or more.</param>
    public static RangeLimit Skip(long offset)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(offset);
        return new(offset, -1);
    }

    /// <summary>Some elements of the range.</summary>
    /// <param name="offset">How many are passed over; 0 or more.</param>
    /// <param name="count">How many are returned at most; 0 or more.</param>
    public static RangeLimit Page(long offset, long count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(offset);
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        return new(offset, count);
    }

    internal void AddTo(ArgumentList arguments)
    {
        if (IsLimited)
        {
            arguments.Add("LIMIT").Add(Offset).Add(Count);
        }
    }
}
