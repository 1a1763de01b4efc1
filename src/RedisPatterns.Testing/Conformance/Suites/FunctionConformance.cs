using RedisPatterns.Commands;

namespace RedisPatterns.Testing;

/// <summary>What every store with scripts promises about libraries of functions; what is about versions, where servers hold them.</summary>
public sealed class FunctionConformance : ConformanceSuite
{
    private const StoreFeatures Scripts = StoreFeatures.Scripts;
    private const StoreFeatures Functions = StoreFeatures.Functions;

    private static readonly AtomicScript<bool> Sneaky = new(
        "sneaky",
        "redis.call('SET', KEYS[1], 'v')",
        Replies.Ok,
        twin: context =>
        {
            context.Call(Strings.Set(context.Keys[0], "v"));
            return StoreReply.Null;
        },
        isReadOnly: true);

    /// <inheritdoc/>
    public override IReadOnlyList<ConformanceTest> Tests { get; } =
    [
        new(A_function_does_what_its_script_does, Scripts),
        new(A_remembered_call_runs_once, Scripts),
        new(Arguments_arrive_byte_for_byte, Scripts),
        new(Errors_are_those_of_scripts, Scripts),
        new(Keys_of_several_slots_are_refused, Scripts),
        new(Nothing_interleaves_with_a_function, Scripts),
        new(Loading_is_told_and_may_be_repeated, Scripts),
        new(A_library_that_is_gone_is_loaded_by_the_next_call, Scripts),
        new(Many_callers_may_find_a_library_missing_at_the_same_time, Scripts),
        new(A_function_that_says_that_it_only_reads_may_not_write, Functions),
        new(A_newer_version_takes_the_place_of_an_older_one, Functions),
        new(An_older_version_leaves_a_newer_one_whose_functions_it_runs, Functions),
        new(A_call_is_never_run_by_code_that_is_older_than_its_caller, Functions),
        new(A_function_that_the_newer_version_lacks_is_told, Functions),
        new(Other_functions_of_the_same_version_are_refused, Functions),
        new(Names_that_belong_to_others_are_refused, Functions),
        new(Code_that_can_not_be_compiled_is_told_by_its_function_and_line, Functions),
        new(Libraries_are_listed_and_taken_away, Functions),
    ];

    private static async Task A_function_does_what_its_script_does(ConformanceContext c)
    {
        var stock = new StockFunctions(c.Tag, 1);
        StoreKey[] keys = [c.Key("stock"), c.Key("notes")];
        await c.GivenAsync(Strings.Set(c.Key("stock"), 10));
        Equal(7, await c.Store.EvaluateAsync(stock.Take.With(keys, 3, "a", "b"), c.CancellationToken));
        Equal(-1, await c.Store.EvaluateAsync(stock.Take.With(keys, 8, "c"), c.CancellationToken));
        Equal(0, await c.Store.EvaluateAsync(stock.Take.With(keys, 7), c.CancellationToken));
        Equal(0, (await c.Store.EvaluateAsync(stock.Look.With(c.Key("stock")), c.CancellationToken)).AsInt64());
        await c.Expect(Lists.Range(c.Key("notes"))).AnswersAsync(["a", "b"]);
        await c.Store.UnloadAsync(c.Tag, c.CancellationToken);
    }

    private static async Task A_remembered_call_runs_once(ConformanceContext c)
    {
        var stock = new StockFunctions(c.Tag, 1);
        await c.GivenAsync(Strings.Set(c.Key("stock"), 10));
        for (var i = 0; i < 3; i++)
        {
            Equal(7, await c.Store.EvaluateAsync(stock.Take.With([c.Key("stock"), c.Key("notes")], 3, "a").RememberAs(c.Key("id"), TimeSpan.FromMinutes(1)), c.CancellationToken));
        }

        Equal(4, await c.Store.EvaluateAsync(stock.Take.With([c.Key("stock"), c.Key("notes")], 3, "b"), c.CancellationToken));
        await c.Expect(Lists.Range(c.Key("notes"))).AnswersAsync(["a", "b"]);
        await c.Store.UnloadAsync(c.Tag, c.CancellationToken);
    }

    private static async Task Arguments_arrive_byte_for_byte(ConformanceContext c)
    {
        var echo = new OneFunction<StoreValue>(
            c.Tag, new AtomicScript<StoreValue>("echo", "return ARGV[#ARGV]", Replies.Value, twin: context => StoreReply.FromValue(context.Arguments[^1]), isReadOnly: true));
        StoreValue[] values = ["", "text", "é{}:*", new byte[] { 0, 0xFF, 13, 10 }, long.MaxValue, long.MinValue, 0.1, 1e300, new string('x', 100_000)];
        foreach (var value in values)
        {
            Equal(value, await c.Store.EvaluateAsync(echo.Script.With([c.Key("k")], "first", value), c.CancellationToken));
        }

        StoreValue[] many = [.. Enumerable.Range(0, 5_000).Select(number => (StoreValue)number)];
        Equal(4_999, (await c.Store.EvaluateAsync(echo.Script.With([c.Key("k")], many), c.CancellationToken)).AsInt64());
        await c.Store.UnloadAsync(c.Tag, c.CancellationToken);
    }

    private static async Task Errors_are_those_of_scripts(ConformanceContext c)
    {
        await c.GivenAsync(Strings.Set(c.Key("k"), "v"));
        var wrongType = new OneFunction<bool>(c.Tag, ScriptConformance.WrongType);
        var errorReply = new OneFunction<long>(c.Tag + "_error", ScriptConformance.ErrorReply);
        var error = await ThrowsAsync<WrongTypeException>(async () => await c.Store.EvaluateAsync(wrongType.Script.With([c.Key("k")]), c.CancellationToken));
        var reply = await ThrowsAsync<StoreException>(async () => await c.Store.EvaluateAsync(errorReply.Script.With([c.Key("k")]), c.CancellationToken));
        True(!reply.Message.Contains("went wrong", StringComparison.Ordinal), "the message tells no text of the server");
        if (c.Store.Capabilities.Has(Functions))
        {
            True(error.Message.StartsWith($"{c.Tag}_run, line 2:", StringComparison.Ordinal), error.Message);
            True(reply.Message.Contains($"{c.Tag}_error_run", StringComparison.Ordinal), reply.Message);
        }

        await c.Expect(Strings.Get(c.Key("k"))).AnswersAsync("v");
        await c.Store.UnloadAsync(c.Tag, c.CancellationToken);
        await c.Store.UnloadAsync(c.Tag + "_error", c.CancellationToken);
    }

    private static async Task Keys_of_several_slots_are_refused(ConformanceContext c)
    {
        var stock = new StockFunctions(c.Tag, 1);
        StoreKey[] keys = [c.Key("stock"), c.KeyOfAnotherSlot("notes")];
        await ThrowsAsync<CrossSlotException>(async () => await c.Store.EvaluateAsync(stock.Take.With(keys, 0, "a"), c.CancellationToken));
        await c.Expect(Keys.Exists(c.KeyOfAnotherSlot("notes"))).AnswersAsync(false);
    }

    private static async Task Nothing_interleaves_with_a_function(ConformanceContext c)
    {
        var stock = new StockFunctions(c.Tag, 1);
        StoreKey[] keys = [c.Key("stock"), c.Key("notes")];
        await c.GivenAsync(Strings.Set(c.Key("stock"), 100));
        var left = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => Task.Run(
            async () => await c.Store.EvaluateAsync(stock.Take.With(keys, 3, "n"), c.CancellationToken), c.CancellationToken)));
        Equal(33, left.Count(number => number >= 0));
        await c.Expect(Strings.Get(c.Key("stock"))).AnswersAsync(1);
        await c.Expect(Lists.Length(c.Key("notes"))).AnswersAsync(33);
        await c.Store.UnloadAsync(c.Tag, c.CancellationToken);
    }

    private static async Task Loading_is_told_and_may_be_repeated(ConformanceContext c)
    {
        var stock = new StockFunctions(c.Tag, 1);
        var hasFunctions = c.Store.Capabilities.Has(Functions);
        var first = await c.Store.LoadAsync(stock, c.CancellationToken);
        var second = await c.Store.LoadAsync(new StockFunctions(c.Tag, 1), c.CancellationToken);
        True(first.Count > 0);
        Equal(first.Select(load => load.Server), second.Select(load => load.Server));
        True(first.All(load => load.Outcome == (hasFunctions ? FunctionLoadOutcome.Loaded : FunctionLoadOutcome.Unsupported) && load.VersionBefore is null));
        True(second.All(load => load.Outcome == (hasFunctions ? FunctionLoadOutcome.Unchanged : FunctionLoadOutcome.Unsupported)));
        Equal("v1", await c.Store.EvaluateAsync(stock.Who.With([c.Key("calls")]), c.CancellationToken));
        Equal(hasFunctions ? first.Count : 0, await c.Store.UnloadAsync(c.Tag, c.CancellationToken));
        Equal(0, await c.Store.UnloadAsync(c.Tag, c.CancellationToken));
    }

    private static async Task A_library_that_is_gone_is_loaded_by_the_next_call(ConformanceContext c)
    {
        var stock = new StockFunctions(c.Tag, 1);
        for (var i = 1; i <= 3; i++)
        {
            Equal("v1", await c.Store.EvaluateAsync(stock.Who.With([c.Key("calls")]), c.CancellationToken));
            await c.Store.UnloadAsync(c.Tag, c.CancellationToken);
            await c.Expect(Strings.Get(c.Key("calls"))).AnswersAsync(i);
        }
    }

    private static async Task Many_callers_may_find_a_library_missing_at_the_same_time(ConformanceContext c)
    {
        var stock = new StockFunctions(c.Tag, 1);
        var answers = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => Task.Run(
            async () => await c.Store.EvaluateAsync(stock.Who.With([c.Key("calls")]), c.CancellationToken), c.CancellationToken)));
        True(answers.All(answer => answer == "v1"));
        await c.Expect(Strings.Get(c.Key("calls"))).AnswersAsync(50);
        await c.Store.UnloadAsync(c.Tag, c.CancellationToken);
    }

    private static async Task A_function_that_says_that_it_only_reads_may_not_write(ConformanceContext c)
    {
        var sneaky = new OneFunction<bool>(c.Tag, Sneaky);
        await ThrowsAsync<ScriptException>(async () => await c.Store.EvaluateAsync(sneaky.Script.With([c.Key("k")]), c.CancellationToken));
        await c.Expect(Keys.Exists(c.Key("k"))).AnswersAsync(false);
        await c.Store.UnloadAsync(c.Tag, c.CancellationToken);
    }

    private static async Task A_newer_version_takes_the_place_of_an_older_one(ConformanceContext c)
    {
        await c.Store.LoadAsync(new StockFunctions(c.Tag, 1), c.CancellationToken);
        var loads = await c.Store.LoadAsync(new StockFunctions(c.Tag, 10), c.CancellationToken);
        True(loads.All(load => load is { Outcome: FunctionLoadOutcome.Replaced, VersionBefore: 1 }));
        Equal(10, (await StatusAsync(c)).Version);
        await c.Store.UnloadAsync(c.Tag, c.CancellationToken);
    }

    private static async Task An_older_version_leaves_a_newer_one_whose_functions_it_runs(ConformanceContext c)
    {
        var old = new StockFunctions(c.Tag, 9);
        await c.Store.LoadAsync(new StockFunctions(c.Tag, 10), c.CancellationToken);
        var loads = await c.Store.LoadAsync(old, c.CancellationToken);
        True(loads.All(load => load is { Outcome: FunctionLoadOutcome.NewerThere, VersionBefore: 10 }));
        Equal("v10", await c.Store.EvaluateAsync(old.Who.With([c.Key("calls")]), c.CancellationToken));
        Equal(10, (await StatusAsync(c)).Version);
        await c.Store.UnloadAsync(c.Tag, c.CancellationToken);
    }

    private static async Task A_call_is_never_run_by_code_that_is_older_than_its_caller(ConformanceContext c)
    {
        for (var version = 1; version <= 3; version++)
        {
            var stock = new StockFunctions(c.Tag, version);
            Equal($"v{version}", await c.Store.EvaluateAsync(stock.Who.With([c.Key("calls")]), c.CancellationToken));
        }

        // What was refused has done nothing.
        await c.Expect(Strings.Get(c.Key("calls"))).AnswersAsync(3);
        await c.Store.UnloadAsync(c.Tag, c.CancellationToken);
    }

    private static async Task A_function_that_the_newer_version_lacks_is_told(ConformanceContext c)
    {
        var old = new StockFunctions(c.Tag, 1, extra: "gone");
        Equal("v1", await c.Store.EvaluateAsync(old.Extra!.With([c.Key("calls")]), c.CancellationToken));
        await c.Store.LoadAsync(new StockFunctions(c.Tag, 2), c.CancellationToken);
        var error = await ThrowsAsync<FunctionLibraryException>(async () => await c.Store.EvaluateAsync(old.Extra!.With([c.Key("calls")]), c.CancellationToken));
        Equal(2, error.ServerVersion);
        await c.Expect(Strings.Get(c.Key("calls"))).AnswersAsync(1);
        await c.Store.UnloadAsync(c.Tag, c.CancellationToken);
    }

    private static async Task Other_functions_of_the_same_version_are_refused(ConformanceContext c)
    {
        await c.Store.LoadAsync(new StockFunctions(c.Tag, 5), c.CancellationToken);
        var other = new StockFunctions(c.Tag, 5, extra: "more", label: "other");
        var error = await ThrowsAsync<FunctionLibraryException>(async () => await c.Store.LoadAsync(other, c.CancellationToken));
        Equal(5, error.ServerVersion);
        await ThrowsAsync<FunctionLibraryException>(async () => await c.Store.EvaluateAsync(other.Extra!.With([c.Key("calls")]), c.CancellationToken));
        await c.Expect(Keys.Exists(c.Key("calls"))).AnswersAsync(false);
        Equal("v5", await c.Store.EvaluateAsync(new StockFunctions(c.Tag, 5).Who.With([c.Key("calls")]), c.CancellationToken));
        await c.Store.UnloadAsync(c.Tag, c.CancellationToken);
    }

    private static async Task Names_that_belong_to_others_are_refused(ConformanceContext c)
    {
        foreach (var foreign in await c.Store.SendToPrimariesAsync(
            Commands.Functions.Load($"#!lua name={c.Tag}\nredis.register_function('{c.Tag}_foreign', function() return 1 end)"), cancellationToken: c.CancellationToken))
        {
            Equal(c.Tag, foreign.Value);
        }

        var error = await ThrowsAsync<FunctionLibraryException>(async () => await c.Store.LoadAsync(new StockFunctions(c.Tag, 1), c.CancellationToken));
        Equal(null, error.ServerVersion);
        Equal(null, (await StatusAsync(c)).Version);
        await c.Store.UnloadAsync(c.Tag, c.CancellationToken);

        // A function of one library and one of another have the same name, with that of the library before it.
        await c.Store.LoadAsync(new StockFunctions(c.Tag, 1, extra: "a_b"), c.CancellationToken);
        await ThrowsAsync<FunctionLibraryException>(async () => await c.Store.LoadAsync(new StockFunctions($"{c.Tag}_a", 1, extra: "b"), c.CancellationToken));
        await c.Store.UnloadAsync(c.Tag, c.CancellationToken);
    }

    private static async Task Code_that_can_not_be_compiled_is_told_by_its_function_and_line(ConformanceContext c)
    {
        var broken = new OneFunction<long>(c.Tag, new AtomicScript<long>("broken", "local a = 1\nlocal = 2\nreturn 1", Replies.Int64));
        var error = await ThrowsAsync<ScriptException>(async () => await c.Store.EvaluateAsync(broken.Script.With([c.Key("k")]), c.CancellationToken));
        Equal(2, error.Line);
        True(error.Message.Contains($"{c.Tag}_run", StringComparison.Ordinal), error.Message);
        Equal(0, await c.Store.UnloadAsync(c.Tag, c.CancellationToken));
    }

    private static async Task Libraries_are_listed_and_taken_away(ConformanceContext c)
    {
        await c.Store.LoadAsync(new StockFunctions(c.Tag, 3), c.CancellationToken);
        var status = await StatusAsync(c);
        Equal(3, status.Version);
        Equal([$"{c.Tag}_look", $"{c.Tag}_take", $"{c.Tag}_version", $"{c.Tag}_who"], status.Functions);
        True(status.IsEverywhereTheSame && status.MissingOn.Count == 0);
        Equal(status.Copies.Count, await c.Store.UnloadAsync(c.Tag, c.CancellationToken));
        True((await c.Store.ListFunctionsAsync(c.CancellationToken)).All(library => library.Name != c.Tag));
    }

    private static async Task<FunctionLibraryStatus> StatusAsync(ConformanceContext c) =>
        (await c.Store.ListFunctionsAsync(c.CancellationToken)).Single(library => library.Name == c.Tag);

    private sealed class OneFunction<TReply> : FunctionLibrary
    {
        public OneFunction(string name, AtomicScript<TReply> script)
            : base(name, version: 1) => Script = Function("run", script);

        public AtomicScript<TReply> Script { get; }
    }
}
