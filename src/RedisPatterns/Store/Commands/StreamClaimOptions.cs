namespace RedisPatterns.Commands;

/// <summary>What <c>XCLAIM</c> changes in the entries that it claims, beside their consumer.</summary>
public sealed record StreamClaimOptions
{
    /// <summary>For how long the entries count as idle afterwards; null for none. Not together with <see cref="DeliveredAt"/>.</summary>
    public TimeSpan? Idle { get; init; }

    /// <summary>When the entries count as delivered; null for now.</summary>
    public DateTimeOffset? DeliveredAt { get; init; }

    /// <summary>How often the entries count as delivered; null adds one, or nothing when only ids are asked for. 0 or more.</summary>
    public long? DeliveryCount { get; init; }

    /// <summary>Whether entries are claimed that are pending for no consumer, if the stream has them.</summary>
    public bool Force { get; init; }

    /// <summary>The id to which the group's last delivered id is raised if it is less; null leaves it.</summary>
    public StreamId? LastId { get; init; }

    internal void AddTo(ArgumentList arguments, string parameter)
    {
        if (Idle is not null && DeliveredAt is not null)
        {
            throw new ArgumentException("Give the idle time or the moment of delivery, not both.", parameter);
        }

        if (Idle < TimeSpan.Zero || DeliveryCount < 0 || DeliveredAt < DateTimeOffset.UnixEpoch)
        {
            throw new ArgumentException("Idle time, moment and count of deliveries must not be negative.", parameter);
        }

        if (Idle is { } idle)
        {
            arguments.Add("IDLE").Add(Milliseconds(idle));
        }

        if (DeliveredAt is { } moment)
        {
            arguments.Add("TIME").Add(moment.ToUnixTimeMilliseconds());
        }

        if (DeliveryCount is { } count)
        {
            arguments.Add("RETRYCOUNT").Add(count);
        }

        arguments.AddIf(Force, "FORCE");
        if (LastId is { } last)
        {
            arguments.Add("LASTID").Add(last.ToString());
        }
    }

    internal static long Milliseconds(TimeSpan span) => span.Ticks / TimeSpan.TicksPerMillisecond;
}
