using System.Runtime.CompilerServices;

namespace RedisPatterns;

/// <summary>A part of a store: every key, and every channel, has a prefix that the caller neither writes nor sees.</summary>
/// <remarks>
/// <para>Keys get the prefix on their way in, in commands, pipelines, batches, conditions and scripts, and lose it on their
/// way out, in replies that hold keys and in walks, which see this part only. Channels are treated the same, so that two
/// parts of one server do not hear each other. The prefix takes no part in hash tags, so keys that share one still share a slot; keys without a tag move to other slots.</para>
/// <para>What a script returns is not looked into: one that returns a name from <c>KEYS</c> returns it with the prefix.
/// Commands on the whole server's keys (<c>RANDOMKEY</c>, <c>DBSIZE</c>, <c>SCAN</c>) fail with
/// <see cref="UnsupportedCommandException"/>; walk by <see cref="ScanKeysAsync"/>. Libraries of functions are the whole server's.</para>
/// </remarks>
public sealed class PrefixedKeyValueStore : DelegatingKeyValueStore
{
    private readonly KeyPrefix _prefix;

    /// <summary>A part of a store.</summary>
    /// <param name="inner">The store.</param>
    /// <param name="prefix">The prefix, such as <c>staging:</c>; not empty, and without braces, which would change hash tags.</param>
    /// <param name="ownsInner">Whether disposing this one disposes the inner one.</param>
    /// <exception cref="ArgumentException">The prefix is empty, or holds a brace or a lone surrogate.</exception>
    public PrefixedKeyValueStore(IKeyValueStore inner, string prefix, bool ownsInner = true)
        : base(inner, ownsInner) => _prefix = new KeyPrefix(prefix);

    /// <inheritdoc/>
    public override ValueTask<TReply> SendAsync<TReply>(StoreCommand<TReply> command, CancellationToken cancellationToken = default) =>
        Inner.SendAsync((StoreCommand<TReply>)_prefix.Add(command), cancellationToken);

    /// <inheritdoc/>
    public override async ValueTask SendAsync(StorePipeline pipeline, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(pipeline);
        var prefixed = new StorePipeline();
        foreach (var reply in pipeline.Replies)
        {
            prefixed.Add(_prefix.Add(reply.Command));
        }

        await Inner.SendAsync(prefixed, cancellationToken).ConfigureAwait(false);
        Copy(prefixed.Replies, pipeline.Replies);
    }

    /// <inheritdoc/>
    public override ValueTask<IReadOnlyList<PrimaryReply<TReply>>> SendToPrimariesAsync<TReply>(
        StoreCommand<TReply> command, string? primary = null, CancellationToken cancellationToken = default) =>
        Inner.SendToPrimariesAsync((StoreCommand<TReply>)_prefix.Add(command), primary, cancellationToken);

    /// <inheritdoc/>
    public override async ValueTask<CommitResult> CommitAsync(AtomicBatch batch, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(batch);
        var prefixed = new AtomicBatch();
        foreach (var condition in batch.Conditions)
        {
            prefixed.When(condition.WithKey(_prefix.Add));
        }

        foreach (var reply in batch.Replies)
        {
            prefixed.Add(_prefix.Add(reply.Command));
        }

        if (!batch.IdempotencyKey.IsNull)
        {
            prefixed.RememberAs(_prefix.Add(batch.IdempotencyKey), batch.IdempotencyLifetime);
        }

        var result = await Inner.CommitAsync(prefixed, cancellationToken).ConfigureAwait(false);
        Copy(prefixed.Replies, batch.Replies);
        return result;
    }

    /// <inheritdoc/>
    public override ValueTask<TReply> EvaluateAsync<TReply>(ScriptCall<TReply> call, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(call);
        return Inner.EvaluateAsync(call.WithKeys(_prefix.Add), cancellationToken);
    }

    /// <inheritdoc/>
    public override async IAsyncEnumerable<StoreKey> ScanKeysAsync(
        string pattern = "*", int pageSize = 250, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(pattern);
        await foreach (var key in Inner.ScanKeysAsync(_prefix.Pattern + pattern, pageSize, cancellationToken).ConfigureAwait(false))
        {
            yield return _prefix.Remove(key);
        }
    }

    /// <inheritdoc/>
    public override async ValueTask<StoreSubscription> SubscribeAsync(StoreChannel channel, CancellationToken cancellationToken = default)
    {
        var name = channel.IsPattern ? _prefix.AddToPattern(channel.Name) : _prefix.Add(channel.Name);
        var inner = await Inner.SubscribeAsync(new StoreChannel(name, channel.IsPattern), cancellationToken).ConfigureAwait(false);
        return PrefixedSubscription.Start(inner, _prefix);
    }

    private static void Copy(IReadOnlyList<PendingReply> from, IReadOnlyList<PendingReply> to)
    {
        for (var i = 0; i < to.Count; i++)
        {
            to[i].CopyFrom(from[i]);
        }
    }
}
