using RedisPatterns.Commands;
using RedisPatterns.TestServers;

namespace RedisPatterns.StackExchangeRedis.Tests;

public sealed class PipelineTests(RedisFixture fixture)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_pipeline_is_one_round_trip_and_every_command_has_its_outcome()
    {
        await using var proxy = RoundTripProxy.Start(fixture.Server.Endpoints[0]);
        await using var store = await RedisKeyValueStore.ConnectAsync(proxy.ConnectionString, cancellationToken: Cancellation);
        var tag = RedisFixture.NewTag();
        var pipeline = new StorePipeline();
        var set = pipeline.Add(Strings.Set(tag + "a", "text"));
        var wrong = pipeline.Add(Strings.Increment(tag + "a"));
        var length = pipeline.Add(Strings.Append(tag + "a", "!"));
        var get = pipeline.Add(Strings.Get(tag + "a"));
        for (var i = 0; i < 200; i++)
        {
            pipeline.Add(Strings.Set(tag + i, i));
        }

        var traffic = await proxy.CountTogetherAsync(204, async () => await store.SendAsync(pipeline, Cancellation));

        Assert.Equal(1, traffic.RoundTrips);
        Assert.Equal(204, traffic.Commands.Count);
        Assert.True(set.Value);
        Assert.IsType<InvalidNumberException>(wrong.Error);
        Assert.Equal(5, length.Value);
        Assert.Equal("text!", get.Value);
        Assert.Throws<InvalidNumberException>(pipeline.ThrowIfAnyFailed);
    }

    [Fact]
    public async Task Single_commands_are_one_round_trip_without_any_talk_besides()
    {
        await using var proxy = RoundTripProxy.Start(fixture.Server.Endpoints[0]);
        await using var store = await RedisKeyValueStore.ConnectAsync(proxy.ConnectionString, cancellationToken: Cancellation);
        StoreKey key = RedisFixture.NewTag();
        var unknown = new StoreCommand<StoreReply>(new CommandDefinition("LOLWUT", CommandFamily.Other, CommandTraits.Keyless), Replies.Raw, "VERSION");
        var traffic = await proxy.CountAsync(async () =>
        {
            await store.SendAsync(Strings.Set(key, "v"), Cancellation);
            await store.SendAsync(Strings.Get(key), Cancellation);
            await store.SendAsync(Strings.Append(key, "v"), Cancellation);
            await store.SendAsync(unknown, Cancellation);
            await store.SendAsync(Strings.Get(key), Cancellation);
        });
        Assert.Equal(["SET", "GET", "APPEND", "LOLWUT", "GET"], traffic.Names);
        Assert.Equal(5, traffic.RoundTrips);
    }
}
