using RedisPatterns.Commands;

namespace RedisPatterns.Testing;

/// <summary>Carries out a sequence on one store and writes down what it answers and what it holds afterwards.</summary>
internal sealed class SequenceExecutor(IKeyValueStore store, Sequence sequence, CancellationToken cancellationToken)
{
    private const int MostPages = 10_000;
    private readonly List<Observation> _observations = [];
    private readonly List<(int Step, DifferentialCommand Command)> _waiting = [];

    /// <summary>Carries it out.</summary>
    /// <param name="leftOut">The steps that are left out, since the other store does not support them.</param>
    public async Task<IReadOnlyList<Observation>> RunAsync(IReadOnlySet<int> leftOut)
    {
        await CleanAsync().ConfigureAwait(false);
        for (var i = 0; i < sequence.Steps.Count; i++)
        {
            switch (sequence.Steps[i])
            {
                case CommandStep step:
                    _waiting.AddRange(step.Items.Select(item => (i, item)));
                    if (sequence.Sending == Sending.Single)
                    {
                        await SendSinglyAsync().ConfigureAwait(false);
                    }

                    break;
                case BatchStep step when leftOut.Contains(i):
                    await FlushAsync().ConfigureAwait(false);
                    _observations.Add(new(i, step, ReplyRule.Exact, StoreReply.FromError(new UnsupportedCommandException())));
                    break;
                case BatchStep step:
                    await FlushAsync().ConfigureAwait(false);
                    await CommitAsync(i, step).ConfigureAwait(false);
                    break;
                case ScriptStep step:
                    await FlushAsync().ConfigureAwait(false);
                    await EvaluateAsync(i, step).ConfigureAwait(false);
                    break;
                case ScanStep step:
                    await FlushAsync().ConfigureAwait(false);
                    await ScanAsync(i, step).ConfigureAwait(false);
                    break;
                default:
                    throw new NotSupportedException($"There is no way to carry out {sequence.Steps[i].GetType().Name}.");
            }
        }

        await FlushAsync().ConfigureAwait(false);
        await ReadContentsAsync().ConfigureAwait(false);
        return _observations;
    }

    /// <summary>Deletes the keys of the pool.</summary>
    public async Task CleanAsync() =>
        await store.SendAsync(Keys.Delete([.. sequence.Pool.Keys, .. sequence.Pool.Idempotency]), cancellationToken).ConfigureAwait(false);

    private async Task FlushAsync()
    {
        if (_waiting.Count == 0)
        {
            return;
        }

        var pipeline = new StorePipeline();
        foreach (var (_, item) in _waiting)
        {
            pipeline.Add(ToSend(item));
        }

        await store.SendAsync(pipeline, cancellationToken).ConfigureAwait(false);
        for (var i = 0; i < _waiting.Count; i++)
        {
            Observe(_waiting[i].Step, _waiting[i].Command, pipeline.Replies[i]);
        }

        _waiting.Clear();
    }

    private async Task SendSinglyAsync()
    {
        foreach (var (step, item) in _waiting)
        {
            var command = ToSend(item);
            var reply = await Observed.SendAsync(store, command, cancellationToken).ConfigureAwait(false);
            _observations.Add(new(step, item, item.Rule, command is StoreCommand<StoreReply> ? Observed.Checked(item.Command, reply) : reply));
        }

        _waiting.Clear();
    }

    private StoreCommand ToSend(DifferentialCommand item) =>
        sequence.Sending != Sending.Raw && Observed.IsComparable(item.Command) ? item.Command : item.Raw();

    private void Observe(int step, DifferentialCommand item, PendingReply pending)
    {
        var reply = Observed.Reply(pending);
        _observations.Add(new(step, item, item.Rule, pending is PendingReply<StoreReply> ? Observed.Checked(item.Command, reply) : reply));
    }

    private async Task CommitAsync(int index, BatchStep step)
    {
        var batch = new AtomicBatch();
        foreach (var condition in step.Conditions)
        {
            batch.When(condition);
        }

        foreach (var item in step.Items)
        {
            batch.Add(ToSend(item));
        }

        if (!step.IdempotencyKey.IsNull)
        {
            batch.RememberAs(step.IdempotencyKey, TimeSpan.FromHours(1));
        }

        CommitResult result;
        try
        {
            result = await store.CommitAsync(batch, cancellationToken).ConfigureAwait(false);
        }
        catch (StoreException error)
        {
            _observations.Add(new(index, step, ReplyRule.Exact, StoreReply.FromError(error)));
            return;
        }

        var outcome = StoreReply.Array(StoreReply.Status(result.ToString()), result.Error is null ? StoreReply.Null : StoreReply.FromError(result.Error));
        _observations.Add(new(index, step, ReplyRule.Exact, outcome));
        for (var i = 0; i < step.Items.Length && result.IsCommitted; i++)
        {
            Observe(index, step.Items[i], batch.Replies[i]);
            _observations[^1] = _observations[^1] with { Reply = Observed.WithoutIntegers(_observations[^1].Reply) };
        }
    }

    private async Task EvaluateAsync(int index, ScriptStep step)
    {
        StoreReply reply;
        try
        {
            reply = await store.EvaluateAsync(step.Call, cancellationToken).ConfigureAwait(false);
        }
        catch (StoreException error)
        {
            reply = StoreReply.FromError(error);
        }

        _observations.Add(new(index, step, ReplyRule.Exact, reply));
    }

    private async Task ScanAsync(int index, ScanStep step)
    {
        var found = new List<StoreReply>();
        var cursor = 0UL;
        for (var page = 0; page < MostPages; page++)
        {
            var pipeline = new StorePipeline();
            var command = new DifferentialCommand(step.Page(cursor), ReplyRule.Exact);
            var pending = pipeline.Add(command.Raw());
            await store.SendAsync(pipeline, cancellationToken).ConfigureAwait(false);
            var reply = Observed.Checked(command.Command, Observed.Reply(pending));
            if (reply.Kind != StoreReplyKind.Array)
            {
                _observations.Add(new(index, step, ReplyRule.Exact, reply));
                return;
            }

            found.AddRange(step.IsPairs ? Replies.ToPairs(reply.Items[1], static (a, b) => StoreReply.Array(a, b)) : reply.Items[1].Items.ToArray());
            cursor = ulong.Parse(reply.Items[0].Value.ToString(), System.Globalization.CultureInfo.InvariantCulture);
            if (cursor == 0)
            {
                break;
            }
        }

        // A scan may give an item twice.
        var items = found.DistinctBy(CommandText.Of).OrderBy(CommandText.Of, StringComparer.Ordinal).ToArray();
        var done = cursor == 0 ? StoreReply.Array(items) : StoreReply.Status("the scan does not end");
        _observations.Add(new(index, step, ReplyRule.Scores, done));
    }

    private async Task ReadContentsAsync()
    {
        var keys = new StorePipeline();
        var types = new List<PendingReply<DataType>>();
        foreach (var key in sequence.Pool.Keys)
        {
            types.Add(keys.Add(Keys.Type(key)));
            var time = new DifferentialCommand(Keys.TimeToLive(key), ReplyRule.Time);
            _waiting.Add((-1, time));
        }

        await store.SendAsync(keys, cancellationToken).ConfigureAwait(false);
        for (var i = 0; i < types.Count; i++)
        {
            var key = sequence.Pool.Keys[i];
            _observations.Add(new(-1, $"TYPE {CommandText.Quote(StoreValue.FromKey(key))}", ReplyRule.Exact, StoreReply.Status(types[i].Value.ToString())));
            _waiting.AddRange(Contents.Of(key, types[i].Value).Select(command => (-1, command)));
        }

        await FlushAsync().ConfigureAwait(false);
    }
}
