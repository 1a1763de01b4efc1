namespace RedisPatterns.Commands;

/// <summary>The common words of the commands that set a time to live.</summary>
internal static class ExpireCall
{
    /// <summary>A span in whole milliseconds; at least one.</summary>
    public static long Milliseconds(TimeSpan after)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(after, TimeSpan.FromMilliseconds(1));
        return after.Ticks / TimeSpan.TicksPerMillisecond;
    }

    /// <summary>A moment in milliseconds since 1 January 1970, after which it must lie.</summary>
    public static long Milliseconds(DateTimeOffset moment)
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(moment, DateTimeOffset.UnixEpoch);
        return moment.ToUnixTimeMilliseconds();
    }

    /// <summary>Adds the word of a condition.</summary>
    public static ArgumentList AddWhen(this ArgumentList arguments, ExpireWhen when) => when switch
    {
        ExpireWhen.Always => arguments,
        ExpireWhen.NoExpiry => arguments.Add("NX"),
        ExpireWhen.HasExpiry => arguments.Add("XX"),
        ExpireWhen.Later => arguments.Add("GT"),
        ExpireWhen.Sooner => arguments.Add("LT"),
        _ => throw new ArgumentOutOfRangeException(nameof(when), "No such condition."),
    };
}
