namespace RedisPatterns.InMemory;

/// <summary>Who listens to which channel or pattern.</summary>
internal sealed class ChannelHub
{
    private readonly Lock _lock = new();
    private readonly List<Listener> _listeners = [];

    /// <summary>Adds a listener; disposing the subscription removes it.</summary>
    public StoreSubscription Subscribe(StoreChannel channel)
    {
        Listener? listener = null;
        var subscription = new StoreSubscription(() =>
        {
            lock (_lock)
            {
                _listeners.Remove(listener!);
            }

            return ValueTask.CompletedTask;
        });
        listener = new Listener(channel, new GlobPattern(channel.Name.ToArray() ?? []), subscription);
        lock (_lock)
        {
            _listeners.Add(listener);
        }

        return subscription;
    }

    /// <summary>The listeners of a channel.</summary>
    public List<StoreSubscription> GetListeners(StoreValue channel)
    {
        lock (_lock)
        {
            var found = new List<StoreSubscription>();
            foreach (var listener in _listeners)
            {
                if (listener.Hears(channel))
                {
                    found.Add(listener.Subscription);
                }
            }

            return found;
        }
    }

    /// <summary>Ends all subscriptions.</summary>
    public async ValueTask CloseAsync()
    {
        Listener[] listeners;
        lock (_lock)
        {
            listeners = [.. _listeners];
        }

        foreach (var listener in listeners)
        {
            await listener.Subscription.DisposeAsync().ConfigureAwait(false);
        }
    }

    private sealed record Listener(StoreChannel Channel, GlobPattern Pattern, StoreSubscription Subscription)
    {
        public bool Hears(StoreValue channel) => Channel.IsPattern ? Pattern.IsMatch(channel.AsMemory().Span) : Channel.Name == channel;
    }
}
