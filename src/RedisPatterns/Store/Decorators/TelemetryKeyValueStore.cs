using System.Runtime.CompilerServices;

namespace RedisPatterns;

/// <summary>A store that tells OpenTelemetry what it does: a span for each call, durations, round trips, bytes and outcomes.</summary>
/// <remarks>
/// <para>Names and attributes follow OpenTelemetry's conventions for Redis. Listen to the activity source and the meter
/// <see cref="InstrumentationName"/>. A call is named by its command; several at once are <c>PIPELINE</c>, a batch is
/// <c>MULTI</c>, both followed by the command's name when all are the same; a script is <c>EVALSHA</c>, a function <c>FCALL</c>, with its
/// name. Neither keys nor values are told.</para>
/// <para>Instruments: <c>db.client.operation.duration</c> (seconds, with <c>error.type</c> and
/// <c>redispatterns.commit.status</c>), <c>redispatterns.round_trips</c>, <c>redispatterns.sent</c> (bytes of names and
/// arguments) and <c>redispatterns.pipeline.failures</c> (commands that failed within a pipeline). Walking through keys is
/// one span and one duration, and no round trips, since the decorator can not see how many there are.</para>
/// <para>While nobody listens a call costs one check.</para>
/// </remarks>
public sealed class TelemetryKeyValueStore : DelegatingKeyValueStore
{
    /// <summary>The name of the activity source and of the meter.</summary>
    public const string InstrumentationName = "RedisPatterns";

    private readonly TimeProvider _time;

    /// <summary>An observed decorator of a store.</summary>
    /// <param name="inner">The store.</param>
    /// <param name="timeProvider">The clock that durations are taken from; <see cref="TimeProvider.System"/> when null.</param>
    /// <param name="ownsInner">Whether disposing this one disposes the inner one.</param>
    public TelemetryKeyValueStore(IKeyValueStore inner, TimeProvider? timeProvider = null, bool ownsInner = true)
        : base(inner, ownsInner) => _time = timeProvider ?? TimeProvider.System;

    /// <inheritdoc/>
    public override ValueTask<TReply> SendAsync<TReply>(StoreCommand<TReply> command, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(command);
        return StoreInstruments.IsObserved ? SendObservedAsync(command, cancellationToken) : Inner.SendAsync(command, cancellationToken);
    }

    /// <inheritdoc/>
    public override ValueTask SendAsync(StorePipeline pipeline, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(pipeline);
        return StoreInstruments.IsObserved ? SendObservedAsync(pipeline, cancellationToken) : Inner.SendAsync(pipeline, cancellationToken);
    }

    /// <inheritdoc/>
    public override ValueTask<IReadOnlyList<PrimaryReply<TReply>>> SendToPrimariesAsync<TReply>(
        StoreCommand<TReply> command, string? primary = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(command);
        return StoreInstruments.IsObserved ? SendToPrimariesObservedAsync(command, primary, cancellationToken) : Inner.SendToPrimariesAsync(command, primary, cancellationToken);
    }

    /// <inheritdoc/>
    public override ValueTask<CommitResult> CommitAsync(AtomicBatch batch, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(batch);
        return StoreInstruments.IsObserved ? CommitObservedAsync(batch, cancellationToken) : Inner.CommitAsync(batch, cancellationToken);
    }

    /// <inheritdoc/>
    public override ValueTask<TReply> EvaluateAsync<TReply>(ScriptCall<TReply> call, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(call);
        return StoreInstruments.IsObserved ? EvaluateObservedAsync(call, cancellationToken) : Inner.EvaluateAsync(call, cancellationToken);
    }

    /// <inheritdoc/>
    public override IAsyncEnumerable<StoreKey> ScanKeysAsync(string pattern = "*", int pageSize = 250, CancellationToken cancellationToken = default)
    {
        var keys = Inner.ScanKeysAsync(pattern, pageSize, cancellationToken);
        return StoreInstruments.IsObserved ? ScanObservedAsync(keys, cancellationToken) : keys;
    }

    /// <inheritdoc/>
    public override ValueTask<StoreSubscription> SubscribeAsync(StoreChannel channel, CancellationToken cancellationToken = default) =>
        StoreInstruments.IsObserved ? SubscribeObservedAsync(channel, cancellationToken) : Inner.SubscribeAsync(channel, cancellationToken);

    private async ValueTask<TReply> SendObservedAsync<TReply>(StoreCommand<TReply> command, CancellationToken cancellationToken)
    {
        var operation = new StoreOperation(_time, command.Definition.Name);
        Exception? error = null;
        try
        {
            if (StoreInstruments.SentBytes.Enabled)
            {
                operation.CountBytes(SentBytes.Of(command));
            }

            return await Inner.SendAsync(command, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e)
        {
            error = e;
            throw;
        }
        finally
        {
            operation.End(error);
        }
    }

    private async ValueTask SendObservedAsync(StorePipeline pipeline, CancellationToken cancellationToken)
    {
        var operation = new StoreOperation(_time, NameOf("PIPELINE", pipeline.Replies), pipeline.Count);
        Exception? error = null;
        try
        {
            if (StoreInstruments.SentBytes.Enabled)
            {
                operation.CountBytes(SentBytes.Of(pipeline.Replies));
            }

            await Inner.SendAsync(pipeline, cancellationToken).ConfigureAwait(false);
            foreach (var reply in pipeline.Replies)
            {
                if (reply.Error is not null)
                {
                    StoreOperation.CountFailure(reply);
                }
            }
        }
        catch (Exception e)
        {
            error = e;
            throw;
        }
        finally
        {
            operation.End(error);
        }
    }

    private async ValueTask<IReadOnlyList<PrimaryReply<TReply>>> SendToPrimariesObservedAsync<TReply>(
        StoreCommand<TReply> command, string? primary, CancellationToken cancellationToken)
    {
        var operation = new StoreOperation(_time, command.Definition.Name);
        Exception? error = null;
        try
        {
            if (StoreInstruments.SentBytes.Enabled)
            {
                operation.CountBytes(SentBytes.Of(command));
            }

            var replies = await Inner.SendToPrimariesAsync(command, primary, cancellationToken).ConfigureAwait(false);
            error = replies.FirstOrDefault(reply => reply.Error is not null)?.Error;
            return replies;
        }
        catch (Exception e)
        {
            error = e;
            throw;
        }
        finally
        {
            operation.End(error);
        }
    }

    private async ValueTask<CommitResult> CommitObservedAsync(AtomicBatch batch, CancellationToken cancellationToken)
    {
        var operation = new StoreOperation(_time, NameOf("MULTI", batch.Replies), batch.Replies.Count);
        Exception? error = null;
        try
        {
            if (StoreInstruments.SentBytes.Enabled)
            {
                operation.CountBytes(SentBytes.Of(batch));
            }

            var result = await Inner.CommitAsync(batch, cancellationToken).ConfigureAwait(false);
            operation.CommitStatus = result.Status switch
            {
                CommitStatus.Committed => "committed",
                CommitStatus.Replayed => "replayed",
                CommitStatus.ConditionFailed => "condition_failed",
                _ => "command_failed",
            };
            error = result.Error;
            return result;
        }
        catch (Exception e)
        {
            error = e;
            throw;
        }
        finally
        {
            operation.End(error);
        }
    }

    private async ValueTask<TReply> EvaluateObservedAsync<TReply>(ScriptCall<TReply> call, CancellationToken cancellationToken)
    {
        var operation = new StoreOperation(_time, NameOf(call.Script), script: call.Script.Name);
        Exception? error = null;
        try
        {
            if (StoreInstruments.SentBytes.Enabled)
            {
                operation.CountBytes(SentBytes.Of(call));
            }

            return await Inner.EvaluateAsync(call, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e)
        {
            error = e;
            throw;
        }
        finally
        {
            operation.End(error);
        }
    }

    private async IAsyncEnumerable<StoreKey> ScanObservedAsync(IAsyncEnumerable<StoreKey> keys, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var operation = new StoreOperation(_time, "SCAN");
        Exception? error = null;
        var walk = keys.GetAsyncEnumerator(cancellationToken);
        try
        {
            while (true)
            {
                try
                {
                    if (!await walk.MoveNextAsync().ConfigureAwait(false))
                    {
                        break;
                    }
                }
                catch (Exception e)
                {
                    error = e;
                    throw;
                }

                yield return walk.Current;
            }
        }
        finally
        {
            await walk.DisposeAsync().ConfigureAwait(false);
            operation.End(error, isRoundTrip: false);
        }
    }

    private async ValueTask<StoreSubscription> SubscribeObservedAsync(StoreChannel channel, CancellationToken cancellationToken)
    {
        var operation = new StoreOperation(_time, channel.IsPattern ? "PSUBSCRIBE" : "SUBSCRIBE");
        Exception? error = null;
        try
        {
            return await Inner.SubscribeAsync(channel, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e)
        {
            error = e;
            throw;
        }
        finally
        {
            operation.End(error);
        }
    }

    private string NameOf(AtomicScript script) => script.Function is not null && Capabilities.Has(StoreFeatures.Functions) ? "FCALL" : "EVALSHA";

    private static string NameOf(string kind, IReadOnlyList<PendingReply> replies)
    {
        if (replies.Count == 0)
        {
            return kind;
        }

        var first = replies[0].Command.Definition;
        for (var i = 1; i < replies.Count; i++)
        {
            if (!ReferenceEquals(replies[i].Command.Definition, first))
            {
                return kind;
            }
        }

        return $"{kind} {first.Name}";
    }
}
