using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace RedisPatterns;

/// <summary>Operations of a keyspace that are named by an id and give their first result, however often they are asked for. Thread-safe; hold it.</summary>
/// <remarks>
/// What an operation does runs once as long as it ends: one who asks again gets its result, or waits for it. When its process
/// dies, or the store does not tell whether the result was kept, it is run again: at least once. What it writes comes exactly
/// once when it is written by <see cref="IdempotentRun{TResult}.Complete"/>, or under an id of its own.
/// </remarks>
/// <typeparam name="TResult">The type of the results.</typeparam>
public sealed class KeyspaceIdempotency<TResult>
{
    private const int CompletionAttempts = 5;

    private readonly Keyspace _keyspace;
    private readonly JsonTypeInfo<TResult> _json;
    private readonly IdempotencyOptions _options;

    internal KeyspaceIdempotency(Keyspace keyspace, string name, JsonTypeInfo<TResult> json, IdempotencyOptions options)
    {
        KeyGrammar.ThrowIfBadName(name, "operations");
        ArgumentNullException.ThrowIfNull(json);
        (_keyspace, Name, _json, _options) = (keyspace, name, json, options);
    }

    /// <summary>The name.</summary>
    public string Name { get; }

    /// <summary>Runs an operation, or gives the result of the first run.</summary>
    /// <param name="operationId">What names the operation; any text that is not empty, and that its asker repeats when it asks again.</param>
    /// <param name="run">What is done, with a token that is cancelled when the lease of the run may have ended. What it throws is not kept, and the next one who asks runs it.</param>
    /// <param name="request">The request, or what tells it from others, so that an id used for two is found out; not looked at when empty. Its digest is kept.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The result. One round trip when it is there already, two beside what the run takes when it is not, and one for each time that is asked while it runs elsewhere.</returns>
    /// <exception cref="IdempotencyConflictException">The id was used for another request.</exception>
    /// <exception cref="LeaseLostException">The lease of the run may have ended, and the run has stopped for it.</exception>
    /// <exception cref="OperationInProgressException">It still runs elsewhere after <see cref="IdempotencyOptions.Wait"/>.</exception>
    /// <exception cref="StoreException">The store failed. Ask again by the same id.</exception>
    public async ValueTask<IdempotentResult<TResult>> RunAsync(
        string operationId,
        Func<IdempotentRun<TResult>, CancellationToken, Task<TResult>> run,
        ReadOnlyMemory<byte> request = default,
        CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(operationId);
        ArgumentNullException.ThrowIfNull(run);
        var digest = KeptResult.DigestOf(request.Span);
        while (true)
        {
            var claim = new OperationClaim(_keyspace.Store, KeyOf(operationId), Name, operationId, _options.Run);
            var lease = await LeaseWait.AcquireAsync(claim, _options.Wait, cancellationToken).ConfigureAwait(false);
            if (lease is null)
            {
                return claim.Kept.IsNull ? throw new OperationInProgressException(Name) : new(Read(KeptResult.Parse(claim.Kept), digest), IsFirst: false);
            }

            await using (lease.ConfigureAwait(false))
            {
                var operation = new IdempotentRun<TResult>(operationId, lease, KeyOf(operationId), _options.Retention, result => new KeptResult(digest, Write(result)).ToValue());
                var result = await RunAsync(operation, run, cancellationToken).ConfigureAwait(false);
                if (operation.IsCompleted || await CompleteAsync(claim, lease, new KeptResult(digest, Write(result)).ToValue()).ConfigureAwait(false))
                {
                    await lease.EndAsync().ConfigureAwait(false);
                    return new(result, IsFirst: true);
                }
            }

            // Another has run it meanwhile: its result is the one that all get.
        }
    }

    /// <summary>The result of an operation that has ended. One round trip.</summary>
    /// <param name="operationId">What names the operation.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    /// <returns>The result; null when it is not kept, or the operation still runs.</returns>
    public async ValueTask<IdempotentResult<TResult>?> FindAsync(string operationId, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(operationId);
        var value = await _keyspace.Store.SendAsync(Commands.Strings.Get(KeyOf(operationId)), cancellationToken).ConfigureAwait(false);
        return KeptResult.IsKept(value) ? new(Read(KeptResult.Parse(value), ""), IsFirst: false) : null;
    }

    /// <summary>Forgets the result of an operation, so that the next one who asks runs it again. Does nothing while it runs. One round trip.</summary>
    /// <param name="operationId">What names the operation.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    /// <returns>Whether a result was kept.</returns>
    public ValueTask<bool> ForgetAsync(string operationId, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(operationId);
        return _keyspace.Store.EvaluateAsync(OperationScripts.Forget.With([KeyOf(operationId)]), cancellationToken);
    }

    /// <summary>The name.</summary>
    public override string ToString() => Name;

    private StoreKey KeyOf(string operationId) => KeyGrammar.Operation(_keyspace.Tag, Name, operationId);

    private async Task<TResult> RunAsync(IdempotentRun<TResult> operation, Func<IdempotentRun<TResult>, CancellationToken, Task<TResult>> run, CancellationToken cancellationToken)
    {
        using var running = CancellationTokenSource.CreateLinkedTokenSource(operation.Lease.Lost, cancellationToken);
        try
        {
            return await run(operation, running.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (operation.Lease.Lost.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            throw new LeaseLostException(Name);
        }
    }

    // What has been done must be remembered, so it is worth more than one attempt.
    private async ValueTask<bool> CompleteAsync(OperationClaim claim, Lease lease, StoreValue result)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await _keyspace.Store.EvaluateAsync(claim.Complete(result, _options.Retention), CancellationToken.None).ConfigureAwait(false);
            }
            catch (StoreException) when (attempt < CompletionAttempts && !lease.Lost.IsCancellationRequested)
            {
                await Task.Delay(_options.Run.Rest, _options.Run.TimeProvider, CancellationToken.None).ConfigureAwait(false);
            }
        }
    }

    private byte[] Write(TResult result) => JsonSerializer.SerializeToUtf8Bytes(result, _json);

    private TResult Read(KeptResult kept, string digest)
    {
        if (digest.Length > 0 && kept.Request.Length > 0 && digest != kept.Request)
        {
            throw new IdempotencyConflictException($"{Name}: the id was used for another request before; nothing was run.");
        }

        try
        {
            return JsonSerializer.Deserialize(kept.Json.Span, _json)!;
        }
        catch (JsonException unreadable)
        {
            throw new UnexpectedReplyException($"{Name}: the result that is kept can not be read.", unreadable);
        }
    }
}
