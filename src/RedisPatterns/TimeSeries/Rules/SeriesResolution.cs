namespace RedisPatterns;

/// <summary>What a rule keeps of a set of series: for each series, under the same name and labels, a value for each bucket. Thread-safe; hold it.</summary>
/// <remarks>A read takes a round trip more than one of samples, to see whether changes wait; if so, they are worked off first.</remarks>
public sealed class SeriesResolution : SeriesReader
{
    private readonly Func<IReadOnlyList<string>, CancellationToken, ValueTask> _settle;

    internal SeriesResolution(SeriesSet set, SeriesStorage storage, SeriesCatalogue catalogue, SeriesRule rule, Func<IReadOnlyList<string>, CancellationToken, ValueTask> settle)
        : base(set, storage, catalogue) => (Rule, _settle) = (rule, settle);

    /// <summary>The rule.</summary>
    public SeriesRule Rule { get; }

    internal ValueTask CheckAsync(CancellationToken cancellationToken) => Guard.CheckAsync(cancellationToken);

    private protected override ValueTask SettleAsync(IReadOnlyList<string> series, CancellationToken cancellationToken) => _settle(series, cancellationToken);
}
