namespace RedisPatterns.Testing;

/// <summary>Differential testing: the same generated commands on two stores must get the same answers and leave the same behind.</summary>
/// <remarks>
/// Sequences of commands, batches and scripts are made from seeds, out of few keys of mixed types and values that include
/// the strange ones, so that errors are as common as in real life. A sequence is one pipeline where it can be. A sequence
/// that shows a difference is cut down to a short one. The keys of a run begin with <c>{diff0}</c> to <c>{diff63}</c>;
/// whatever they hold before is deleted. See <see cref="DifferentialReport.NotCompared"/> for what is left out.
/// </remarks>
public sealed class DifferentialRun
{
    private readonly IKeyValueStore _reference;
    private readonly IKeyValueStore _subject;
    private readonly DifferentialOptions _options;
    private readonly DifferentialTally _tally = new();
    private long _sequences = -1;

    /// <summary>A run.</summary>
    /// <param name="reference">The store that is right: a server.</param>
    /// <param name="subject">The store that is tested. Its clock must agree with the other's.</param>
    /// <param name="options">What is generated.</param>
    public DifferentialRun(IKeyValueStore reference, IKeyValueStore subject, DifferentialOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(reference);
        ArgumentNullException.ThrowIfNull(subject);
        _reference = reference;
        _subject = subject;
        _options = options ?? new();
    }

    /// <summary>Runs until enough commands have been compared or a difference is found.</summary>
    /// <param name="cancellationToken">Stops it.</param>
    /// <returns>What was compared, and the difference if there is one.</returns>
    public async Task<DifferentialReport> RunAsync(CancellationToken cancellationToken = default)
    {
        var recipes = new RecipeBook(_options.Families, command => BothSupport(command.Definition));
        var generator = new SequenceGenerator(recipes, _options, BothHave(StoreFeatures.Scripts));
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var comparison = new SequenceComparison(_reference, _subject, new ReplyComparer(_options.TimeTolerance), cancellationToken);
        var found = await Task.WhenAll(Enumerable.Range(0, _options.Workers)
            .Select(worker => Task.Run(() => WorkAsync(new Pool($"diff{worker}"), generator, comparison, stop), cancellationToken))).ConfigureAwait(false);

        // The least seed, so that the same run tells the same.
        var difference = found.Where(item => item is not null).OrderBy(item => item!.Sequence.Seed).FirstOrDefault();
        return _tally.Report(_options.Seed, recipes.MissingCommands, difference is null ? null : await ShrinkAsync(difference, comparison).ConfigureAwait(false));
    }

    private static async Task<string> ShrinkAsync(Difference difference, SequenceComparison comparison)
    {
        var (smallest, isRepeatable) = await new Shrinker(comparison).ShrinkAsync(difference).ConfigureAwait(false);
        return smallest.Describe(difference.Sequence.Steps.Count, isRepeatable);
    }

    private async Task<Difference?> WorkAsync(Pool pool, SequenceGenerator generator, SequenceComparison comparison, CancellationTokenSource stop)
    {
        Sequence? sequence = null;
        while (!stop.IsCancellationRequested && NextSequence() is { } index)
        {
            sequence = generator.Create(_options.Seed + index, pool);
            var (difference, observations) = await comparison.RunAsync(sequence).ConfigureAwait(false);
            if (difference is not null)
            {
                await stop.CancelAsync().ConfigureAwait(false);
                return difference;
            }

            _tally.Add(sequence, observations);
        }

        if (sequence is not null)
        {
            await comparison.CleanAsync(sequence).ConfigureAwait(false);
        }

        return null;
    }

    private long? NextSequence()
    {
        var index = Interlocked.Increment(ref _sequences);
        return index * _options.SequenceLength < _options.Commands ? index : null;
    }

    private bool BothSupport(CommandDefinition command) => _reference.Capabilities.Supports(command) && _subject.Capabilities.Supports(command)
        && (command.Family != CommandFamily.Streams || BothHave(StoreFeatures.Streams));

    private bool BothHave(StoreFeatures features) => _reference.Capabilities.Has(features) && _subject.Capabilities.Has(features);
}
