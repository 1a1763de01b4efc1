using System.Runtime.CompilerServices;

namespace RedisPatterns.Testing;

/// <summary>A store that fails on purpose: before anything is sent, after it took effect, or by being late.</summary>
/// <remarks>
/// To strike every store call of an operation in turn, run it once without rules, read <see cref="Calls"/>, and run it once
/// more for each number with a rule that has it as <see cref="ChaosRule.AtCall"/>. Thread-safe; with several threads the
/// order of the calls, and with it what is struck, is theirs.
/// </remarks>
public sealed class ChaosStore : DelegatingKeyValueStore
{
    private readonly Lock _gate = new();
    private readonly ChaosRule[] _rules;
    private readonly long[] _seen;
    private readonly Random _dice;
    private readonly TimeProvider _time;
    private long _calls;
    private long _beforeSend;
    private long _afterEffect;
    private long _delays;

    /// <summary>A failing decorator of a store.</summary>
    /// <param name="inner">The store.</param>
    /// <param name="options">What it does.</param>
    /// <param name="timeProvider">The clock that delays wait by; <see cref="TimeProvider.System"/> when null.</param>
    /// <param name="ownsInner">Whether disposing this one disposes the inner one.</param>
    public ChaosStore(IKeyValueStore inner, ChaosOptions options, TimeProvider? timeProvider = null, bool ownsInner = true)
        : base(inner, ownsInner)
    {
        ArgumentNullException.ThrowIfNull(options);
        _rules = [.. options.Rules];
        _seen = new long[_rules.Length];
#pragma warning disable CA5394 // The dice must be repeatable, not secret.
        _dice = new Random(options.Seed);
#pragma warning restore CA5394
        _time = timeProvider ?? TimeProvider.System;
    }

    /// <summary>The calls so far, struck or not.</summary>
    public long Calls => Interlocked.Read(ref _calls);

    /// <summary>The calls that failed before anything was sent.</summary>
    public long FailedBeforeSend => Interlocked.Read(ref _beforeSend);

    /// <summary>The calls that took effect and whose answer was lost.</summary>
    public long FailedAfterEffect => Interlocked.Read(ref _afterEffect);

    /// <summary>The times that a call was held up.</summary>
    public long Delayed => Interlocked.Read(ref _delays);

    /// <inheritdoc/>
    public override async ValueTask<TReply> SendAsync<TReply>(StoreCommand<TReply> command, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(command);
        var kind = command.Definition.IsWrite ? ChaosOperations.Writes : ChaosOperations.Reads;
        if (!await LosesAnswerAsync(kind, cancellationToken).ConfigureAwait(false))
        {
            return await Inner.SendAsync(command, cancellationToken).ConfigureAwait(false);
        }

        throw await LostAsync(async () => await Inner.SendAsync(command, cancellationToken).ConfigureAwait(false)).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public override async ValueTask SendAsync(StorePipeline pipeline, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(pipeline);
        if (!await LosesAnswerAsync(ChaosOperations.Pipelines, cancellationToken).ConfigureAwait(false))
        {
            await Inner.SendAsync(pipeline, cancellationToken).ConfigureAwait(false);
            return;
        }

        var lost = await LostAsync(async () => await Inner.SendAsync(pipeline, cancellationToken).ConfigureAwait(false)).ConfigureAwait(false);
        Forget(pipeline.Replies);
        throw lost;
    }

    /// <inheritdoc/>
    public override async ValueTask<IReadOnlyList<PrimaryReply<TReply>>> SendToPrimariesAsync<TReply>(
        StoreCommand<TReply> command, string? primary = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(command);
        var kind = command.Definition.IsWrite ? ChaosOperations.Writes : ChaosOperations.Reads;
        if (!await LosesAnswerAsync(kind, cancellationToken).ConfigureAwait(false))
        {
            return await Inner.SendToPrimariesAsync(command, primary, cancellationToken).ConfigureAwait(false);
        }

        throw await LostAsync(async () => await Inner.SendToPrimariesAsync(command, primary, cancellationToken).ConfigureAwait(false)).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public override async ValueTask<CommitResult> CommitAsync(AtomicBatch batch, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(batch);
        if (!await LosesAnswerAsync(ChaosOperations.Batches, cancellationToken).ConfigureAwait(false))
        {
            return await Inner.CommitAsync(batch, cancellationToken).ConfigureAwait(false);
        }

        var lost = await LostAsync(async () => await Inner.CommitAsync(batch, cancellationToken).ConfigureAwait(false)).ConfigureAwait(false);
        Forget(batch.Replies);
        throw lost;
    }

    /// <inheritdoc/>
    public override async ValueTask<TReply> EvaluateAsync<TReply>(ScriptCall<TReply> call, CancellationToken cancellationToken = default)
    {
        if (!await LosesAnswerAsync(ChaosOperations.Scripts, cancellationToken).ConfigureAwait(false))
        {
            return await Inner.EvaluateAsync(call, cancellationToken).ConfigureAwait(false);
        }

        throw await LostAsync(async () => await Inner.EvaluateAsync(call, cancellationToken).ConfigureAwait(false)).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    /// <remarks>A walk whose answer is lost ends behind its first key.</remarks>
    public override async IAsyncEnumerable<StoreKey> ScanKeysAsync(
        string pattern = "*", int pageSize = 250, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var lost = await LosesAnswerAsync(ChaosOperations.Scans, cancellationToken).ConfigureAwait(false);
        await foreach (var key in Inner.ScanKeysAsync(pattern, pageSize, cancellationToken).ConfigureAwait(false))
        {
            yield return key;
            if (lost)
            {
                break;
            }
        }

        if (lost)
        {
            throw Timeout();
        }
    }

    /// <inheritdoc/>
    public override async ValueTask<StoreSubscription> SubscribeAsync(StoreChannel channel, CancellationToken cancellationToken = default)
    {
        var lost = await LosesAnswerAsync(ChaosOperations.Subscriptions, cancellationToken).ConfigureAwait(false);
        var subscription = await Inner.SubscribeAsync(channel, cancellationToken).ConfigureAwait(false);
        if (!lost)
        {
            return subscription;
        }

        await subscription.DisposeAsync().ConfigureAwait(false);
        throw Timeout();
    }

    private static StoreTimeoutException Timeout() => new("ChaosStore: no answer came in time; the outcome is unknown.");

    private static void Forget(IReadOnlyList<PendingReply> replies)
    {
        foreach (var reply in replies)
        {
            reply.Reset();
        }
    }

    private static async Task<StoreTimeoutException> LostAsync(Func<Task> call)
    {
        try
        {
            await call().ConfigureAwait(false);
        }
        catch (StoreException)
        {
            // The failure is an answer too, and answers are lost.
        }

        return Timeout();
    }

    /// <summary>Lets the rules strike: waits for delays, throws what fails before the send, and tells whether the answer is to be lost.</summary>
    private async ValueTask<bool> LosesAnswerAsync(ChaosOperations kind, CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref _calls);
        var (fault, delay) = Roll(kind);
        if (delay > TimeSpan.Zero)
        {
            await Task.Delay(delay, _time, cancellationToken).ConfigureAwait(false);
        }

        switch (fault)
        {
            case ChaosFault.BeforeSend:
                Interlocked.Increment(ref _beforeSend);
                throw new StoreConnectionException("ChaosStore: the server could not be reached; nothing was sent.");
            case ChaosFault.AfterEffect:
                Interlocked.Increment(ref _afterEffect);
                return true;
            default:
                return false;
        }
    }

    private (ChaosFault? Fault, TimeSpan Delay) Roll(ChaosOperations kind)
    {
        var delay = TimeSpan.Zero;
        ChaosFault? fault = null;
        lock (_gate)
        {
            for (var i = 0; i < _rules.Length; i++)
            {
                var rule = _rules[i];
                if ((rule.Operations & kind) == 0)
                {
                    continue;
                }

                _seen[i]++;
#pragma warning disable CA5394 // The dice must be repeatable, not secret.
                var strikes = _seen[i] == rule.AtCall || (rule.Probability > 0 && _dice.NextDouble() < rule.Probability);
#pragma warning restore CA5394
                if (!strikes)
                {
                    continue;
                }

                if (rule.Fault == ChaosFault.Delay)
                {
                    _delays++;
                    delay += rule.Delay;
                }
                else
                {
                    fault ??= rule.Fault;
                }
            }
        }

        return (fault, delay);
    }
}
