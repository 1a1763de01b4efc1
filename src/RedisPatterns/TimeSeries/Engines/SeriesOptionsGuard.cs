using RedisPatterns.Commands;

namespace RedisPatterns;

/// <summary>Sees to it that all who use a set keep its samples in the same way. One round trip, once.</summary>
internal sealed class SeriesOptionsGuard(SeriesSet set)
{
    private volatile bool _isChecked;

    /// <summary>Notes the options where the set is new, and refuses others.</summary>
    /// <exception cref="SeriesOptionsException">The set was first used with others.</exception>
    public ValueTask CheckAsync(CancellationToken cancellationToken) => _isChecked ? ValueTask.CompletedTask : AskAsync(cancellationToken);

    private async ValueTask AskAsync(CancellationToken cancellationToken)
    {
        var pipeline = new StorePipeline();
        var own = Describe();
        pipeline.Add(Strings.Set(set.OptionsKey, own, default, SetWhen.KeyAbsent));
        var kept = pipeline.Add(Strings.Get(set.OptionsKey));
        await set.Store.SendAsync(pipeline, cancellationToken).ConfigureAwait(false);
        pipeline.ThrowIfAnyFailed();
        if (kept.Value != own)
        {
            throw new SeriesOptionsException($"{set.Name}: its samples are kept as {kept.Value}, not as {own}.");
        }

        _isChecked = true;
    }

    private string Describe()
    {
        var engine = set.Engine switch
        {
            SeriesEngine.SortedSet => "sorted-set",
            SeriesEngine.OrderedKeys => "ordered-keys",
            SeriesEngine.HashBuckets => "hash-buckets",
            _ => "chunks",
        };
        return string.Create(System.Globalization.CultureInfo.InvariantCulture, $"1;{engine};{set.Period.Length};{set.Options.Duplicates.ToString().ToLowerInvariant()}");
    }
}
