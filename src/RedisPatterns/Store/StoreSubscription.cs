using System.Threading.Channels;

namespace RedisPatterns;

/// <summary>A subscription to a channel. Messages wait in a bounded buffer; when it is full the oldest is dropped and counted.</summary>
public sealed class StoreSubscription : IAsyncDisposable
{
    /// <summary>How many messages wait at most.</summary>
    public const int BufferSize = 10_000;

    private readonly Channel<StoreMessage> _messages;
    private readonly Func<ValueTask> _unsubscribe;
    private long _dropped;
    private int _disposed;

    /// <summary>A subscription. For stores.</summary>
    /// <param name="unsubscribe">Ends it at the server.</param>
    public StoreSubscription(Func<ValueTask> unsubscribe)
    {
        ArgumentNullException.ThrowIfNull(unsubscribe);
        _unsubscribe = unsubscribe;
        _messages = System.Threading.Channels.Channel.CreateBounded<StoreMessage>(
            new BoundedChannelOptions(BufferSize) { FullMode = BoundedChannelFullMode.DropOldest, SingleReader = true },
            _ => Interlocked.Increment(ref _dropped));
    }

    /// <summary>How many messages were dropped because the reader was too slow.</summary>
    public long Dropped => Interlocked.Read(ref _dropped);

    /// <summary>Hands a message to the reader. For stores.</summary>
    /// <param name="message">The message.</param>
    public void Publish(StoreMessage message) => _messages.Writer.TryWrite(message);

    /// <summary>The messages as they come, until the subscription is disposed.</summary>
    /// <param name="cancellationToken">Ends the reading, not the subscription.</param>
    public IAsyncEnumerable<StoreMessage> ReadAllAsync(CancellationToken cancellationToken = default) =>
        _messages.Reader.ReadAllAsync(cancellationToken);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _disposed, 1) == 0)
        {
            _messages.Writer.TryComplete();
            await _unsubscribe().ConfigureAwait(false);
        }
    }
}
