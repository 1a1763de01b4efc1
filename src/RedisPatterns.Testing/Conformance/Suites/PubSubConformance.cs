using RedisPatterns.Commands;

namespace RedisPatterns.Testing;

/// <summary>What every store with publish and subscribe promises about it: messages come in order, at most once, to those who listen.</summary>
public sealed class PubSubConformance : ConformanceSuite
{
    private const StoreFeatures Needed = StoreFeatures.PubSub;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    /// <inheritdoc/>
    public override IReadOnlyList<ConformanceTest> Tests { get; } =
    [
        new(Messages_come_in_order, Needed),
        new(A_pattern_hears_every_channel_that_it_fits, Needed),
        new(Every_listener_gets_every_message, Needed),
        new(Nothing_comes_from_before_or_from_other_channels, Needed),
        new(A_disposed_subscription_ends, Needed),
        new(Payloads_and_names_arrive_byte_for_byte, Needed),
        new(Reading_may_be_cancelled_and_gone_on_with, Needed),
    ];

    private static async Task Messages_come_in_order(ConformanceContext c)
    {
        await using var subscription = await c.Store.SubscribeAsync(Channel(c), c.CancellationToken);
        for (var i = 0; i < 100; i++)
        {
            await PublishAsync(c, Channel(c), i);
        }

        var messages = await TakeAsync(c, subscription, 100);
        Equal(Enumerable.Range(0, 100).Select(i => (StoreValue)i), messages.Select(message => message.Payload));
        True(messages.All(message => message.Channel == Channel(c)));
        Equal(0, subscription.Dropped);
    }

    private static async Task A_pattern_hears_every_channel_that_it_fits(ConformanceContext c)
    {
        await using var subscription = await c.Store.SubscribeAsync(new StoreChannel($"{c.Tag}:*:news", IsPattern: true), c.CancellationToken);
        await PublishAsync(c, $"{c.Tag}:a:news", 1);
        await PublishAsync(c, $"{c.Tag}:a:other", 2);
        await PublishAsync(c, $"{c.Tag}:b:news", 3);
        var messages = await TakeAsync(c, subscription, 2);
        EqualInAnyOrder([new StoreMessage($"{c.Tag}:a:news", 1), new StoreMessage($"{c.Tag}:b:news", 3)], messages);
    }

    private static async Task Every_listener_gets_every_message(ConformanceContext c)
    {
        await using var first = await c.Store.SubscribeAsync(Channel(c), c.CancellationToken);
        await using var second = await c.Store.SubscribeAsync(Channel(c), c.CancellationToken);
        await PublishAsync(c, Channel(c), "m");
        Equal("m", (await TakeAsync(c, first, 1)).Single().Payload);
        Equal("m", (await TakeAsync(c, second, 1)).Single().Payload);
        await first.DisposeAsync();
        await PublishAsync(c, Channel(c), "n");
        Equal("n", (await TakeAsync(c, second, 1)).Single().Payload);
    }

    private static async Task Nothing_comes_from_before_or_from_other_channels(ConformanceContext c)
    {
        // In a cluster a message goes from node to node: it is past when somebody has heard it.
        await using var earlier = await c.Store.SubscribeAsync(Channel(c), c.CancellationToken);
        await PublishAsync(c, Channel(c), "before");
        Equal("before", (await TakeAsync(c, earlier, 1)).Single().Payload);
        await using var subscription = await c.Store.SubscribeAsync(Channel(c), c.CancellationToken);
        await PublishAsync(c, $"{c.Tag}:other", "other");
        await PublishAsync(c, Channel(c), "after");
        Equal("after", (await TakeAsync(c, subscription, 1)).Single().Payload);
    }

    private static async Task A_disposed_subscription_ends(ConformanceContext c)
    {
        var subscription = await c.Store.SubscribeAsync(Channel(c), c.CancellationToken);
        await subscription.DisposeAsync();
        await subscription.DisposeAsync();
        await PublishAsync(c, Channel(c), "m");
        await foreach (var message in subscription.ReadAllAsync(c.CancellationToken))
        {
            throw new ConformanceFailedException($"A message came through a disposed subscription: {message.Payload}");
        }
    }

    private static async Task Payloads_and_names_arrive_byte_for_byte(ConformanceContext c)
    {
        StoreValue name = (byte[])[.. System.Text.Encoding.UTF8.GetBytes(c.Tag), 0, 0xFF, (byte)'{', (byte)'*'];
        await using var subscription = await c.Store.SubscribeAsync(new StoreChannel(name), c.CancellationToken);
        StoreValue[] payloads = ["", "é", new byte[] { 0, 0xFF, 13, 10 }, long.MinValue, new string('x', 100_000)];
        foreach (var payload in payloads)
        {
            await c.Store.SendAsync(Channels.Publish(name, payload), c.CancellationToken);
        }

        var messages = await TakeAsync(c, subscription, payloads.Length);
        Equal(payloads, messages.Select(message => message.Payload));
        True(messages.All(message => message.Channel == name));
    }

    private static async Task Reading_may_be_cancelled_and_gone_on_with(ConformanceContext c)
    {
        await using var subscription = await c.Store.SubscribeAsync(Channel(c), c.CancellationToken);
        using var cancellation = new CancellationTokenSource();
        await cancellation.CancelAsync();
        await ThrowsAsync<OperationCanceledException>(async () =>
        {
            await foreach (var message in subscription.ReadAllAsync(cancellation.Token))
            {
            }
        });
        await PublishAsync(c, Channel(c), "m");
        Equal("m", (await TakeAsync(c, subscription, 1)).Single().Payload);
    }

    private static string Channel(ConformanceContext c) => $"{c.Tag}:channel";

    private static async Task PublishAsync(ConformanceContext c, string channel, StoreValue payload) =>
        await c.Store.SendAsync(Channels.Publish(channel, payload), c.CancellationToken);

    private static async Task<List<StoreMessage>> TakeAsync(ConformanceContext c, StoreSubscription subscription, int count)
    {
        var messages = new List<StoreMessage>();
        await using var reader = subscription.ReadAllAsync(c.CancellationToken).GetAsyncEnumerator(c.CancellationToken);
        while (messages.Count < count)
        {
            True(await reader.MoveNextAsync().AsTask().WaitAsync(Patience, TimeProvider.System, c.CancellationToken), "another message");
            messages.Add(reader.Current);
        }

        return messages;
    }
}
