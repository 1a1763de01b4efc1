using RedisPatterns.Commands;

namespace RedisPatterns.Tests.Commands;

public sealed class FunctionsTests
{
    [Fact]
    public void Commands_are_sent_as_told()
    {
        Wire.Is("FUNCTION LIST", Functions.List());
        Wire.Is("FUNCTION LIST LIBRARYNAME sh*p WITHCODE", Functions.List("sh*p", withCode: true));
        Wire.Is("FUNCTION LOAD code", Functions.Load("code"));
        Wire.Is("FUNCTION LOAD REPLACE code", Functions.Load("code", replace: true));
        Wire.Is("FUNCTION DELETE shop", Functions.Delete("shop"));
        Assert.Throws<ArgumentException>(() => new AtomicBatch().Add(Functions.Delete("shop")));
        Assert.Throws<ArgumentException>(() => Functions.Load(StoreValue.Null));
    }

    [Fact]
    public void A_list_is_read_whatever_the_order_of_its_parts()
    {
        var function = StoreReply.Array(
            StoreReply.FromValue("flags"), Wire.List("no-writes", "allow-oom"), StoreReply.FromValue("name"), StoreReply.FromValue("f"), StoreReply.FromValue("description"), StoreReply.Null);
        var reply = StoreReply.Array(StoreReply.Array(
            StoreReply.FromValue("engine"), StoreReply.FromValue("LUA"), StoreReply.FromValue("library_name"), StoreReply.FromValue("shop"),
            StoreReply.FromValue("new"), StoreReply.Integer(1), StoreReply.FromValue("functions"), StoreReply.Array(function)));

        var library = Assert.Single(Functions.List().Read(reply));

        Assert.Equal(("shop", "LUA", null), (library.Name, library.Engine, library.Code));
        var read = Assert.Single(library.Functions);
        Assert.Equal(("f", null), (read.Name, read.Description));
        Assert.Equal(["no-writes", "allow-oom"], read.Flags);
        Assert.Throws<UnexpectedReplyException>(() => Functions.List().Read(StoreReply.Array(StoreReply.Integer(1))));
        Assert.Throws<UnexpectedReplyException>(() => Functions.List().Read(StoreReply.Array(StoreReply.Array())));
    }

    [Fact]
    public void Errors_have_types()
    {
        Assert.IsType<NoSuchFunctionException>(StoreErrors.FromServer("ERR Function not found", "FCALL"));
        Assert.IsType<NoSuchFunctionException>(StoreErrors.FromServer("ERR Library not found", "FUNCTION DELETE"));
        Assert.IsType<FunctionLibraryException>(StoreErrors.FromServer("ERR Library 'shop' already exists", "FUNCTION LOAD"));
        Assert.IsType<FunctionLibraryException>(StoreErrors.FromServer("ERR Function shop_a already exists", "FUNCTION LOAD"));
        var compiling = Assert.IsType<ScriptException>(StoreErrors.FromServer("ERR Error compiling function: user_function:12: unexpected symbol near '='", "FUNCTION LOAD"));
        Assert.Equal(12, compiling.Line);
        Assert.DoesNotContain("symbol", compiling.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_store_without_primaries_of_its_own_answers_for_the_one_that_it_is()
    {
        IKeyValueStore store = new InMemory.InMemoryKeyValueStore();
        var token = TestContext.Current.CancellationToken;

        var all = Assert.Single(await store.SendToPrimariesAsync(Keys.Count(), cancellationToken: token));
        var failed = Assert.Single(await store.SendToPrimariesAsync(Functions.List(), "memory", token));

        Assert.Equal(("memory", 0, null), (all.Primary, all.Value, all.Error));
        Assert.IsType<UnsupportedCommandException>(failed.Error);
        Assert.Throws<UnsupportedCommandException>(() => failed.Value);
        Assert.Empty(await store.SendToPrimariesAsync(Keys.Count(), "another", token));
    }
}
