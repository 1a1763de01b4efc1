using RedisPatterns.Commands;

namespace RedisPatterns.Testing;

/// <summary>What every store with scripts promises about them: the Lua on a server and the twin in memory answer the same.</summary>
public sealed class ScriptConformance : ConformanceSuite
{
    private const StoreFeatures Needed = StoreFeatures.Scripts;

    private static readonly AtomicScript<StoreReply> Shapes = new(
        "shapes",
        """
        return {1, 'text', false, {2, {'deep'}, {}}, redis.status_reply('FINE'), ARGV[1], #KEYS, ''}
        """,
        Replies.Raw,
        twin: context => StoreReply.Array(
            StoreReply.Integer(1), StoreReply.FromValue("text"), StoreReply.Null,
            StoreReply.Array(StoreReply.Integer(2), StoreReply.Array(StoreReply.FromValue("deep")), StoreReply.Array()),
            StoreReply.Status("FINE"), StoreReply.FromValue(context.Arguments[0]), StoreReply.Integer(context.Keys.Count), StoreReply.FromValue("")),
        isReadOnly: true);

    private static readonly AtomicScript<long> Spend = new(
        "spend",
        """
        local left = tonumber(redis.call('GET', KEYS[1]) or '0')
        local wanted = tonumber(ARGV[1])
        if left < wanted then return -1 end
        redis.call('RPUSH', KEYS[2], ARGV[1])
        return redis.call('DECRBY', KEYS[1], ARGV[1])
        """,
        Replies.Int64,
        twin: context =>
        {
            var stored = context.Call(Strings.Get(context.Keys[0]));
            var wanted = context.Arguments[0].AsInt64();
            if ((stored.IsNull ? 0 : stored.AsInt64()) < wanted)
            {
                return StoreReply.Integer(-1);
            }

            context.Call(Lists.RightPush(context.Keys[1], context.Arguments[0]));
            return StoreReply.Integer(context.Call(Strings.Increment(context.Keys[0], -wanted)));
        });

    internal static AtomicScript<bool> WrongType { get; } = new(
        "wrong-type",
        "local one = 1\nredis.call('SADD', KEYS[1], 'm')\nreturn redis.status_reply('OK')",
        Replies.Ok,
        twin: context =>
        {
            context.Call(Sets.Add(context.Keys[0], "m"));
            return StoreReply.Ok;
        });

    internal static AtomicScript<long> ErrorReply { get; } = new(
        "error-reply",
        "return redis.error_reply('TOOBAD it went wrong')",
        Replies.Int64,
        twin: _ => StoreReply.FromError(StoreErrors.FromServer("TOOBAD it went wrong", "error-reply")));

    private static readonly AtomicScript<long> Clock = new(
        "clock",
        "local t = redis.call('TIME') return t[1] * 1000 + math.floor(t[2] / 1000)",
        Replies.Int64,
        twin: context => StoreReply.Integer(context.NowMilliseconds),
        isReadOnly: true);

    private static readonly AtomicScript<StoreValue> Echo = new(
        "echo", "return ARGV[1]", Replies.Value, twin: context => StoreReply.FromValue(context.Arguments[0]), isReadOnly: true);

    private static readonly AtomicScript<Shipment, long> Ship = new(
        "ship",
        """
        local left = tonumber(redis.call('HGET', stock, product) or '0')
        if left < tonumber(count) then return -1 end
        for i = 1, #logs do redis.call('RPUSH', logs[i], product) end
        if #tags > 0 then redis.call('SADD', labels, unpack(tags)) end
        return redis.call('HINCRBY', stock, product, -count)
        """,
        new ScriptSignature<Shipment>()
            .Key("stock", shipment => shipment.Stock)
            .Key("labels", shipment => shipment.Labels)
            .Keys("logs", shipment => shipment.Logs)
            .Argument("product", shipment => shipment.Product)
            .Argument("count", shipment => shipment.Count)
            .Arguments("tags", shipment => shipment.Tags),
        Replies.Int64,
        twin: script =>
        {
            var (stock, product, count) = (script.Key("stock"), script.Argument("product"), script.Argument("count").AsInt64());
            var left = script.Call(Hashes.Get(stock, product));
            if ((left.IsNull ? 0 : left.AsInt64()) < count)
            {
                return StoreReply.Integer(-1);
            }

            foreach (var log in script.Keys)
            {
                script.Call(Lists.RightPush(log, product));
            }

            if (script.Arguments.Count > 0)
            {
                script.Call(Sets.Add(script.Key("labels"), [.. script.Arguments]));
            }

            return StoreReply.Integer(script.Call(Hashes.Increment(stock, product, -count)));
        });

    /// <inheritdoc/>
    public override IReadOnlyList<ConformanceTest> Tests { get; } =
    [
        new(Every_shape_of_reply_comes_back, Needed),
        new(A_script_reads_and_writes, Needed),
        new(Keys_and_arguments_have_names, Needed),
        new(A_script_that_the_server_has_never_seen_runs, Needed),
        new(An_error_of_a_command_ends_the_script, Needed),
        new(An_error_reply_is_an_error, Needed),
        new(A_reply_of_another_shape_is_told, Needed),
        new(The_time_is_the_servers, Needed),
        new(Arguments_arrive_byte_for_byte, Needed),
        new(Keys_of_several_slots_are_refused, Needed),
        new(Nothing_interleaves_with_a_script, Needed),
        new(A_remembered_script_runs_once, Needed),
        new(Every_shape_of_reply_is_remembered, Needed),
        new(What_fails_is_not_remembered, Needed),
        new(Bad_calls_are_refused_at_once, Needed),
    ];

    private static async Task Every_shape_of_reply_comes_back(ConformanceContext c)
    {
        var reply = await c.Store.EvaluateAsync(Shapes.With([c.Key("a"), c.Key("b")], "argument"), c.CancellationToken);
        Equal("(1, text, nothing, (2, (deep), ()), FINE, argument, 2, )", Text(reply));
        var items = reply.Items;
        Equal(
            [StoreReplyKind.Integer, StoreReplyKind.Value, StoreReplyKind.Null, StoreReplyKind.Array, StoreReplyKind.Status, StoreReplyKind.Value, StoreReplyKind.Integer, StoreReplyKind.Value],
            items.ToArray().Select(item => item.Kind));
    }

    private static async Task A_script_reads_and_writes(ConformanceContext c)
    {
        await c.GivenAsync(Strings.Set(c.Key("purse"), 10));
        StoreKey[] keys = [c.Key("purse"), c.Key("log")];
        Equal(7, await c.Store.EvaluateAsync(Spend.With(keys, 3), c.CancellationToken));
        Equal(-1, await c.Store.EvaluateAsync(Spend.With(keys, 8), c.CancellationToken));
        Equal(0, await c.Store.EvaluateAsync(Spend.With(keys, 7), c.CancellationToken));
        await c.Expect(Strings.Get(c.Key("purse"))).AnswersAsync(0);
        await c.Expect(Lists.Range(c.Key("log"))).AnswersAsync([3, 7]);
    }

    private static async Task Keys_and_arguments_have_names(ConformanceContext c)
    {
        await c.GivenAsync(Hashes.Set(c.Key("stock"), "shoe", 5));
        var shipment = new Shipment(c.Key("stock"), c.Key("labels"), [c.Key("log 1"), c.Key("log 2")], "shoe", 2, ["fragile", "heavy"]);
        Equal(3, await c.Store.EvaluateAsync(Ship.With(shipment), c.CancellationToken));
        Equal(1, await c.Store.EvaluateAsync(Ship.With(shipment with { Logs = [], Tags = [] }), c.CancellationToken));
        Equal(-1, await c.Store.EvaluateAsync(Ship.With(shipment), c.CancellationToken));
        await c.Expect(Lists.Range(c.Key("log 1"))).AnswersAsync(["shoe"]);
        await c.Expect(Lists.Range(c.Key("log 2"))).AnswersAsync(["shoe"]);
        await c.Expect(Sets.Members(c.Key("labels"))).AnswersInAnyOrderAsync("fragile", "heavy");
        await c.Expect(Hashes.Get(c.Key("stock"), "shoe")).AnswersAsync(1);
        await ThrowsAsync<CrossSlotException>(async () => await c.Store.EvaluateAsync(Ship.With(shipment with { Labels = c.KeyOfAnotherSlot("labels") }), c.CancellationToken));
        await ThrowsAsync<ArgumentException>(() => Task.FromResult(Ship.With(shipment with { Product = StoreValue.Null })));
    }

    private static async Task A_script_that_the_server_has_never_seen_runs(ConformanceContext c)
    {
        var script = new AtomicScript<long>(
            "fresh", $"-- {c.Tag}\nreturn redis.call('INCR', KEYS[1])", Replies.Int64,
            twin: context => StoreReply.Integer(context.Call(Strings.Increment(context.Keys[0]))));
        Equal(1, await c.Store.EvaluateAsync(script.With([c.Key("k")]), c.CancellationToken));
        Equal(2, await c.Store.EvaluateAsync(script.With([c.Key("k")]), c.CancellationToken));
    }

    private static async Task An_error_of_a_command_ends_the_script(ConformanceContext c)
    {
        await c.GivenAsync(Strings.Set(c.Key("k"), "v"));
        await ThrowsAsync<WrongTypeException>(async () => await c.Store.EvaluateAsync(WrongType.With([c.Key("k")]), c.CancellationToken));
        await c.Expect(Strings.Get(c.Key("k"))).AnswersAsync("v");
    }

    private static async Task An_error_reply_is_an_error(ConformanceContext c)
    {
        var error = await ThrowsAsync<StoreException>(async () => await c.Store.EvaluateAsync(ErrorReply.With([c.Key("k")]), c.CancellationToken));
        True(!error.Message.Contains("went wrong", StringComparison.Ordinal), "the message tells no text of the server");
    }

    private static async Task A_reply_of_another_shape_is_told(ConformanceContext c)
    {
        var script = new AtomicScript<long>("text", "return 'text'", Replies.Int64, twin: _ => StoreReply.FromValue("text"), isReadOnly: true);
        await ThrowsAsync<UnexpectedReplyException>(async () => await c.Store.EvaluateAsync(script.With([c.Key("k")]), c.CancellationToken));
    }

    private static async Task The_time_is_the_servers(ConformanceContext c)
    {
        var seen = DateTimeOffset.FromUnixTimeMilliseconds(await c.Store.EvaluateAsync(Clock.With([c.Key("k")]), c.CancellationToken));
        True((seen - c.Now).Duration() < TimeSpan.FromMinutes(1), $"{seen:O} is about {c.Now:O}");
    }

    private static async Task Arguments_arrive_byte_for_byte(ConformanceContext c)
    {
        StoreValue[] values = ["", "text", "é{}:*", new byte[] { 0, 0xFF, 13, 10 }, long.MaxValue, long.MinValue, 0.1, 1e300, new string('x', 100_000)];
        foreach (var value in values)
        {
            Equal(value, await c.Store.EvaluateAsync(Echo.With([c.Key("k")], value), c.CancellationToken));
        }
    }

    private static async Task Keys_of_several_slots_are_refused(ConformanceContext c)
    {
        StoreKey[] keys = [c.Key("purse"), c.KeyOfAnotherSlot("log")];
        await ThrowsAsync<CrossSlotException>(async () => await c.Store.EvaluateAsync(Spend.With(keys, 0), c.CancellationToken));
        await c.Expect(Keys.Exists(c.KeyOfAnotherSlot("log"))).AnswersAsync(false);
    }

    private static async Task Nothing_interleaves_with_a_script(ConformanceContext c)
    {
        await c.GivenAsync(Strings.Set(c.Key("purse"), 100));
        StoreKey[] keys = [c.Key("purse"), c.Key("log")];
        var spent = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => Task.Run(
            async () => await c.Store.EvaluateAsync(Spend.With(keys, 3), c.CancellationToken), c.CancellationToken)));
        Equal(33, spent.Count(left => left >= 0));
        await c.Expect(Strings.Get(c.Key("purse"))).AnswersAsync(1);
        await c.Expect(Lists.Length(c.Key("log"))).AnswersAsync(33);
    }

    private static async Task A_remembered_script_runs_once(ConformanceContext c)
    {
        await c.GivenAsync(Strings.Set(c.Key("purse"), 10));
        StoreKey[] keys = [c.Key("purse"), c.Key("log")];
        var lifetime = TimeSpan.FromMilliseconds(150);
        for (var i = 0; i < 3; i++)
        {
            Equal(7, await c.Store.EvaluateAsync(Spend.With(keys, 3).RememberAs(c.Key("id 1"), TimeSpan.FromMinutes(10)), c.CancellationToken));
        }

        // A reply that refuses is a reply.
        Equal(-1, await c.Store.EvaluateAsync(Spend.With(keys, 8).RememberAs(c.Key("id 2"), TimeSpan.FromMinutes(10)), c.CancellationToken));
        await c.Store.SendAsync(Strings.Set(c.Key("purse"), 100), c.CancellationToken);
        Equal(-1, await c.Store.EvaluateAsync(Spend.With(keys, 8).RememberAs(c.Key("id 2"), TimeSpan.FromMinutes(10)), c.CancellationToken));
        Equal(92, await c.Store.EvaluateAsync(Spend.With(keys, 8).RememberAs(c.Key("id 3"), lifetime), c.CancellationToken));
        await c.Expect(Lists.Range(c.Key("log"))).AnswersAsync([3, 8]);
        await c.UntilAsync(async () => !await c.Store.SendAsync(Keys.Exists(c.Key("id 3")), c.CancellationToken), "the memory to end");
        Equal(84, await c.Store.EvaluateAsync(Spend.With(keys, 8).RememberAs(c.Key("id 3"), lifetime), c.CancellationToken));

        // Keys and arguments by name and number mean the same as without.
        await c.Store.SendAsync(Hashes.Set(c.Key("stock"), "shoe", 5), c.CancellationToken);
        var shipment = new Shipment(c.Key("stock"), c.Key("labels"), [c.Key("log 1"), c.Key("log 2")], "shoe", 2, ["fragile", "heavy"]);
        var call = Ship.With(shipment).RememberAs(c.Key("id 4"), TimeSpan.FromMinutes(10));
        True(call.IsRemembered && !Ship.With(shipment).IsRemembered);
        Equal(3, await c.Store.EvaluateAsync(call, c.CancellationToken));
        Equal(3, await c.Store.EvaluateAsync(call, c.CancellationToken));
        await c.Expect(Lists.Range(c.Key("log 2"))).AnswersAsync(["shoe"]);
        await c.Expect(Sets.Members(c.Key("labels"))).AnswersInAnyOrderAsync("fragile", "heavy");
        await ThrowsAsync<CrossSlotException>(async () => await c.Store.EvaluateAsync(Spend.With(keys, 1).RememberAs(c.KeyOfAnotherSlot("id"), lifetime), c.CancellationToken));
    }

    private static async Task Every_shape_of_reply_is_remembered(ConformanceContext c)
    {
        var script = new AtomicScript<StoreReply>(
            "shapes that write",
            "redis.call('INCR', KEYS[1]) " + Shapes.Lua,
            Replies.Raw,
            twin: context =>
            {
                context.Call(Strings.Increment(context.Keys[0]));
                return Shapes.Twin!(context);
            });
        var first = await c.Store.EvaluateAsync(script.With([c.Key("a"), c.Key("b")], "argument").RememberAs(c.Key("id"), TimeSpan.FromMinutes(1)), c.CancellationToken);
        var second = await c.Store.EvaluateAsync(script.With([c.Key("a"), c.Key("b")], "argument").RememberAs(c.Key("id"), TimeSpan.FromMinutes(1)), c.CancellationToken);
        Equal("(1, text, nothing, (2, (deep), ()), FINE, argument, 2, )", Text(first));
        Equal(Text(first), Text(second));
        Equal(first.Items.ToArray().Select(item => item.Kind), second.Items.ToArray().Select(item => item.Kind));
        await c.Expect(Strings.Get(c.Key("a"))).AnswersAsync(1);
        var kept = await c.Store.SendAsync(Strings.Get(c.Key("id")), c.CancellationToken);

        // To a script of Garnet a status is a text.
        Equal("*8\r\n:1\r\n$4\r\ntext\r\n$-1\r\n*3\r\n:2\r\n*1\r\n$4\r\ndeep\r\n*0\r\n" + (c.Store.Capabilities.Server == "garnet" ? "$4\r\n" : "+") + "FINE\r\n$8\r\nargument\r\n:2\r\n$0\r\n\r\n", kept.AsText());
        await LuaNumberAsync(c, "return 2.9", 2);
        await LuaNumberAsync(c, "return -2.9", -2);
        await LuaNumberAsync(c, "return true", 1);
        await LuaNumberAsync(c, "return 9007199254740992", 9007199254740992);
    }

    private static async Task LuaNumberAsync(ConformanceContext c, string lua, long number)
    {
        var script = new AtomicScript<long>(lua, lua, Replies.Int64, twin: _ => StoreReply.Integer(number));
        Equal(number, await c.Store.EvaluateAsync(script.With([c.Key("k")]), c.CancellationToken));
        Equal(number, await c.Store.EvaluateAsync(script.With([c.Key("k")]).RememberAs(c.Key(lua), TimeSpan.FromMinutes(1)), c.CancellationToken));
    }

    private static async Task What_fails_is_not_remembered(ConformanceContext c)
    {
        await c.GivenAsync(Strings.Set(c.Key("k"), "v"));
        var call = WrongType.With([c.Key("k")]).RememberAs(c.Key("id"), TimeSpan.FromMinutes(1));
        await ThrowsAsync<WrongTypeException>(async () => await c.Store.EvaluateAsync(call, c.CancellationToken));
        await ThrowsAsync<StoreException>(async () => await c.Store.EvaluateAsync(ErrorReply.With([c.Key("k")]).RememberAs(c.Key("id"), TimeSpan.FromMinutes(1)), c.CancellationToken));
        await c.Expect(Keys.Exists(c.Key("id"))).AnswersAsync(false);
        await c.Store.SendAsync(Keys.Delete(c.Key("k")), c.CancellationToken);
        True(await c.Store.EvaluateAsync(call, c.CancellationToken));

        // A key that is used for something else stops the call before it does anything.
        await c.Store.SendAsync(Sets.Add(c.Key("set"), "m"), c.CancellationToken);
        await c.Store.SendAsync(Strings.Set(c.Key("purse"), 10), c.CancellationToken);
        if (c.Store.Capabilities.Server != "garnet")
        {
            await ThrowsAsync<WrongTypeException>(async () => await c.Store.EvaluateAsync(Spend.With([c.Key("purse"), c.Key("log")], 1).RememberAs(c.Key("set"), TimeSpan.FromMinutes(1)), c.CancellationToken));
            await c.Expect(Strings.Get(c.Key("purse"))).AnswersAsync(10);
        }
    }

    private static async Task Bad_calls_are_refused_at_once(ConformanceContext c)
    {
        await ThrowsAsync<ArgumentException>(() => Task.FromResult(Spend.With([])));
        await ThrowsAsync<ArgumentException>(() => Task.FromResult(Spend.With([default])));
        await ThrowsAsync<ArgumentException>(() => Task.FromResult(Spend.With([c.Key("k")], StoreValue.Null)));
        var call = Spend.With([c.Key("k"), c.Key("l")], 1);
        await ThrowsAsync<ArgumentException>(() => Task.FromResult(call.RememberAs(default, TimeSpan.FromSeconds(1))));
        await ThrowsAsync<ArgumentOutOfRangeException>(() => Task.FromResult(call.RememberAs(c.Key("id"), TimeSpan.FromMicroseconds(999))));
        await ThrowsAsync<InvalidOperationException>(() => Task.FromResult(call.RememberAs(c.Key("id"), TimeSpan.FromSeconds(1)).RememberAs(c.Key("id"), TimeSpan.FromSeconds(1))));
        await ThrowsAsync<InvalidOperationException>(() => Task.FromResult(Clock.With([c.Key("k")]).RememberAs(c.Key("id"), TimeSpan.FromSeconds(1))));
    }

    private static string Text(StoreReply reply) => reply.Kind switch
    {
        StoreReplyKind.Null => "nothing",
        StoreReplyKind.Array => $"({string.Join(", ", reply.Items.ToArray().Select(Text))})",
        _ => reply.Value.ToString(),
    };

    private sealed record Shipment(StoreKey Stock, StoreKey Labels, StoreKey[] Logs, StoreValue Product, long Count, StoreValue[] Tags);
}
