namespace RedisPatterns.Testing;

/// <summary>Runs a sequence on two stores and compares what they answer and hold.</summary>
internal sealed class SequenceComparison(IKeyValueStore reference, IKeyValueStore subject, ReplyComparer comparer, CancellationToken cancellationToken)
{
    /// <summary>Whether a batch can not be carried out by a store at all, which wrote nothing then.</summary>
    public static bool IsUnsupportedBatch(Observation observation) =>
        observation is { What: BatchStep, Reply.Error: UnsupportedCommandException };

    /// <summary>The first difference, or null, with what the reference answered.</summary>
    public async Task<(Difference? Difference, IReadOnlyList<Observation> Reference)> RunAsync(Sequence sequence)
    {
        var expected = await ObserveAsync(reference, sequence, new HashSet<int>()).ConfigureAwait(false);
        HashSet<int> unsupported = [.. expected.Where(IsUnsupportedBatch).Select(observation => observation.Step)];
        var actual = await ObserveAsync(subject, sequence, unsupported).ConfigureAwait(false);
        for (var i = 0; i < expected.Count && i < actual.Count; i++)
        {
            if (!comparer.Agree(expected[i].Reply, actual[i].Reply, expected[i].Rule))
            {
                return (new(sequence, expected[i].What, expected[i].Step, expected[i].Reply, actual[i].Reply), expected);
            }
        }

        return (null, expected);
    }

    private async Task<IReadOnlyList<Observation>> ObserveAsync(IKeyValueStore store, Sequence sequence, IReadOnlySet<int> leftOut)
    {
        try
        {
            return await new SequenceExecutor(store, sequence, cancellationToken).RunAsync(leftOut).ConfigureAwait(false);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            // A store fails with a StoreException and nothing else: anything else is a difference too.
            return [new(-1, "the whole sequence", ReplyRule.Exact, StoreReply.FromError(new StoreException($"{e.GetType().Name}: {e.Message}\n{e.StackTrace}", e)))];
        }
    }

    /// <summary>Deletes what a sequence has left behind.</summary>
    public async Task CleanAsync(Sequence sequence)
    {
        await new SequenceExecutor(reference, sequence, cancellationToken).CleanAsync().ConfigureAwait(false);
        await new SequenceExecutor(subject, sequence, cancellationToken).CleanAsync().ConfigureAwait(false);
    }
}
