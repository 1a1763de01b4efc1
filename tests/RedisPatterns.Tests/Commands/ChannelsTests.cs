using RedisPatterns.Commands;

namespace RedisPatterns.Tests.Commands;

public sealed class ChannelsTests
{
    [Fact]
    public void A_channel_is_no_key()
    {
        Wire.Is("PUBLISH news hello", Channels.Publish("news", "hello"));
        Assert.Throws<ArgumentException>(() => new AtomicBatch().Add(Channels.Publish("news", "hello")));
    }

    [Fact]
    public void Bad_input_is_refused()
    {
        Assert.Throws<ArgumentException>(() => Channels.Publish(StoreValue.Null, "hello"));
        Assert.Throws<ArgumentException>(() => Channels.Publish("news", StoreValue.Null));
    }
}
