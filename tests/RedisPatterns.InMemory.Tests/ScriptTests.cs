using RedisPatterns.Commands;

namespace RedisPatterns.InMemory.Tests;

public sealed class ScriptTests : IAsyncDisposable
{
    private readonly InMemoryKeyValueStore _store = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => _store.DisposeAsync();

    [Fact]
    public async Task A_twin_gets_keys_and_arguments_and_answers()
    {
        var script = Script(context => StoreReply.Integer(context.Call(Strings.Increment(context.Keys[0], context.Arguments[0].AsInt64()))));

        Assert.Equal(5, await _store.EvaluateAsync(script.With(["a"], 5), Token));
        Assert.Equal(12, await _store.EvaluateAsync(script.With(["a"], 7), Token));
    }

    [Fact]
    public async Task What_a_twin_wrote_is_undone_when_it_throws_or_answers_with_an_error()
    {
        var throws = Script(context =>
        {
            context.Call(Strings.Set(context.Keys[0], 1));
            throw new InvalidOperationException("No.");
        });
        var answers = Script(context =>
        {
            context.Call(Strings.Set(context.Keys[0], 1));
            return StoreReply.FromError(new ScriptException("No."));
        });

        await Assert.ThrowsAsync<InvalidOperationException>(async () => await _store.EvaluateAsync(throws.With(["a"]), Token));
        await Assert.ThrowsAsync<ScriptException>(async () => await _store.EvaluateAsync(answers.With(["a"]), Token));
        Assert.False(await _store.SendAsync(Keys.Exists("a"), Token));
    }

    [Fact]
    public async Task A_twin_may_take_back_what_it_wrote_and_go_on()
    {
        var script = Script(context =>
        {
            context.Call(Strings.Set(context.Keys[0], 1));
            context.Rollback();
            var exists = context.Call(Keys.Exists(context.Keys[0]));
            context.Call(Strings.Set(context.Keys[0], 2));
            return StoreReply.Integer(exists ? 1 : 0);
        });

        Assert.Equal(0, await _store.EvaluateAsync(script.With(["a"]), Token));
        Assert.Equal("2", (await _store.SendAsync(Strings.Get("a"), Token)).AsText());
    }

    [Fact]
    public async Task A_twin_may_catch_the_error_of_a_command_and_go_on()
    {
        var script = Script(context =>
        {
            context.Call(Strings.Set(context.Keys[0], "abc"));
            Assert.Throws<InvalidNumberException>(() => context.Call(Strings.Increment(context.Keys[0])));
            return StoreReply.Integer(1);
        });

        Assert.Equal(1, await _store.EvaluateAsync(script.With(["a"]), Token));
        Assert.Equal("abc", (await _store.SendAsync(Strings.Get("a"), Token)).AsText());
    }

    [Fact]
    public async Task Messages_of_a_script_that_fails_are_not_sent()
    {
        await using var subscription = await _store.SubscribeAsync("news", Token);
        var script = Script(context =>
        {
            context.Call(Channels.Publish("news", context.Arguments[0]));
            return context.Arguments[0] == "bad" ? throw new InvalidOperationException("No.") : StoreReply.Integer(1);
        });

        await Assert.ThrowsAsync<InvalidOperationException>(async () => await _store.EvaluateAsync(script.With(["a"], "bad"), Token));
        await _store.EvaluateAsync(script.With(["a"], "good"), Token);

        Assert.Equal("good", (await subscription.ReadAllAsync(Token).FirstAsync(Token)).Payload.AsText());
    }

    [Fact]
    public async Task A_script_without_a_twin_with_a_forbidden_write_or_with_keys_of_two_slots_is_refused()
    {
        var noTwin = new AtomicScript<long>("none", "return 1", Replies.Int64);
        var writes = Script(context => StoreReply.Integer(context.Call(Strings.Increment(context.Keys[0]))), isReadOnly: true);

        await Assert.ThrowsAsync<UnsupportedCommandException>(async () => await _store.EvaluateAsync(noTwin.With(["a"]), Token));
        await Assert.ThrowsAsync<ScriptException>(async () => await _store.EvaluateAsync(writes.With(["a"]), Token));
        await Assert.ThrowsAsync<CrossSlotException>(async () => await _store.EvaluateAsync(writes.With(["a", "b"]), Token));
    }

    private static AtomicScript<long> Script(ScriptTwin twin, bool isReadOnly = false) => new("test", "return 0", Replies.Int64, twin, isReadOnly);
}
