using System.Runtime.CompilerServices;
using System.Runtime.ExceptionServices;

namespace RedisPatterns;

/// <summary>
/// A decorator that repeats what may be repeated when no answer came: reads, batches and scripts that are remembered
/// (<see cref="AtomicBatch.RememberAs"/>, <see cref="ScriptCall{TReply}.RememberAs(StoreKey, TimeSpan)"/>), and scripts that
/// say so (<see cref="AtomicScript.IsRepeatable"/>). Their effect comes once, however often they are sent.
/// </summary>
/// <remarks>
/// No answer is a <see cref="StoreTimeoutException"/> or a <see cref="StoreConnectionException"/>. Where the server says that
/// it can not serve now, and so has done nothing (<see cref="ServerUnavailableException"/>), everything is repeated. Other
/// writes fail as they do without it, since they may have been applied: give them an id. Walks, subscriptions and what goes
/// to every primary are handed through. Thread-safe.
/// </remarks>
public sealed class RetryingKeyValueStore : DelegatingKeyValueStore
{
    private readonly RetryOptions _options;
    private long _repeats;

    /// <summary>A retrying decorator of a store.</summary>
    /// <param name="inner">The store.</param>
    /// <param name="options">How often and how fast; null for the defaults.</param>
    /// <param name="ownsInner">Whether disposing this one disposes the inner one.</param>
    public RetryingKeyValueStore(IKeyValueStore inner, RetryOptions? options = null, bool ownsInner = true)
        : base(inner, ownsInner) => _options = options ?? RetryOptions.Default;

    /// <summary>How often something was sent again.</summary>
    public long Repeats => Interlocked.Read(ref _repeats);

    /// <inheritdoc/>
    public override ValueTask<TReply> SendAsync<TReply>(StoreCommand<TReply> command, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(command);
        return RetryAsync((Inner, command), static (state, token) => state.Inner.SendAsync(state.command, token), !command.Definition.IsWrite, cancellationToken);
    }

    /// <inheritdoc/>
    /// <remarks>Repeated only where all its commands read, and then those alone that got no answer.</remarks>
    public override async ValueTask SendAsync(StorePipeline pipeline, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(pipeline);
        if (AllRead(pipeline.Replies))
        {
            await ReadAsync(pipeline, cancellationToken).ConfigureAwait(false);
        }
        else
        {
            await Inner.SendAsync(pipeline, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <inheritdoc/>
    public override ValueTask<CommitResult> CommitAsync(AtomicBatch batch, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(batch);
        return RetryAsync(
            (Inner, batch),
            static (state, token) =>
            {
                foreach (var reply in state.batch.Replies)
                {
                    reply.Reset();
                }

                return state.Inner.CommitAsync(state.batch, token);
            },
            !batch.IdempotencyKey.IsNull || AllRead(batch.Replies),
            cancellationToken);
    }

    /// <inheritdoc/>
    public override ValueTask<TReply> EvaluateAsync<TReply>(ScriptCall<TReply> call, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(call);
        return RetryAsync((Inner, call), static (state, token) => state.Inner.EvaluateAsync(state.call, token), call.IsRepeatable, cancellationToken);
    }

    private async ValueTask ReadAsync(StorePipeline pipeline, CancellationToken cancellationToken)
    {
        var (sent, lacking) = (pipeline, pipeline.Replies.ToList());
        for (var attempt = 1; ; attempt++)
        {
            ExceptionDispatchInfo? failure = null;
            try
            {
                await Inner.SendAsync(sent, cancellationToken).ConfigureAwait(false);
                lacking = Answer(lacking, sent.Replies);
            }
            catch (StoreException error) when (IsWorthAnother(error, mayRepeat: true))
            {
                failure = ExceptionDispatchInfo.Capture(error);
            }

            if (attempt == _options.MaximumAttempts || lacking.Count == 0)
            {
                failure?.Throw();
                return;
            }

            await RestAsync(attempt, cancellationToken).ConfigureAwait(false);
            sent = new StorePipeline();
            foreach (var reply in lacking)
            {
                sent.Add(reply.Command);
            }
        }
    }

    // Gives the places what was answered, and tells which still have no answer.
    private static List<PendingReply> Answer(List<PendingReply> places, IReadOnlyList<PendingReply> answers)
    {
        var lacking = new List<PendingReply>();
        for (var i = 0; i < places.Count; i++)
        {
            if (places[i] != answers[i])
            {
                places[i].CopyFrom(answers[i]);
            }

            if (places[i].Error is { } error && IsWorthAnother(error, mayRepeat: true))
            {
                lacking.Add(places[i]);
            }
        }

        return lacking;
    }

    private async ValueTask RestAsync(int attempt, CancellationToken cancellationToken)
    {
        await Task.Delay(_options.DrawPause(attempt), _options.TimeProvider, cancellationToken).ConfigureAwait(false);
        Interlocked.Increment(ref _repeats);
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private async ValueTask<TReply> RetryAsync<TState, TReply>(TState state, Func<TState, CancellationToken, ValueTask<TReply>> send, bool mayRepeat, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await send(state, cancellationToken).ConfigureAwait(false);
            }
            catch (StoreException error) when (attempt < _options.MaximumAttempts && IsWorthAnother(error, mayRepeat))
            {
                // After a pause.
            }

            await RestAsync(attempt, cancellationToken).ConfigureAwait(false);
        }
    }

    private static bool IsWorthAnother(StoreException error, bool mayRepeat) =>
        error is ServerUnavailableException || (mayRepeat && error is StoreTimeoutException or StoreConnectionException);

    private static bool AllRead(IReadOnlyList<PendingReply> replies)
    {
        foreach (var reply in replies)
        {
            if (reply.Command.Definition.IsWrite)
            {
                return false;
            }
        }

        return true;
    }
}
