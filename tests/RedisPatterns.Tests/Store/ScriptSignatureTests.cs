namespace RedisPatterns.Tests.Store;

/// <summary>What a script takes, by name: how the names get into its Lua, and which can be none.</summary>
public sealed class ScriptSignatureTests
{
    private static ScriptSignature<long> Signature => new ScriptSignature<long>()
        .Key("stock", _ => "{s}stock").Key("log", _ => "{s}log").Keys("more", _ => ["{s}a", "{s}b"])
        .Argument("count", number => number).Arguments("rest", number => [number + 1]);

    [Fact]
    public void Names_are_locals_in_the_first_line()
    {
        var script = new AtomicScript<long, long>("s", "return 1\nreturn 2", Signature, Replies.Int64);

        Assert.Equal(
            "local stock,log=KEYS[1],KEYS[2] local count=ARGV[1] local more={} for i=3,#KEYS do more[i-2]=KEYS[i] end "
            + "local rest={} for i=2,#ARGV do rest[i-1]=ARGV[i] end return 1\nreturn 2",
            script.Positional.Lua);
        var call = script.With(7);
        Assert.Equal<StoreKey>(["{s}stock", "{s}log", "{s}a", "{s}b"], call.Keys);
        Assert.Equal<StoreValue>([7, 8], call.Arguments);
        Assert.Equal("s", script.ToString());
    }

    [Theory]
    [InlineData("")]
    [InlineData("1st")]
    [InlineData("a b")]
    [InlineData("a-b")]
    [InlineData("käse")]
    [InlineData("end")]
    [InlineData("KEYS")]
    [InlineData("redis")]
    [InlineData("tonumber")]
    [InlineData("stock")]
    [InlineData("count")]
    [InlineData("more")]
    [InlineData("rest")]
    public void What_can_be_no_name_is_refused(string name)
    {
        var signature = new ScriptSignature<long>()
            .Key("stock", _ => "k").Argument("count", _ => 1).Keys("more", _ => []).Argument("rest", _ => 1);

        Assert.Throws<ArgumentException>(() => signature.Argument(name, _ => 1));
        Assert.Throws<ArgumentException>(() => signature.Arguments(name, _ => []));
    }

    [Fact]
    public void Nothing_comes_behind_what_takes_all_that_are_left()
    {
        Assert.Throws<InvalidOperationException>(() => Signature.Key("other", _ => "k"));
        Assert.Throws<InvalidOperationException>(() => Signature.Keys("other", _ => []));
        Assert.Throws<InvalidOperationException>(() => Signature.Argument("other", _ => 1));
        Assert.Throws<InvalidOperationException>(() => Signature.Arguments("other", _ => []));
    }

    [Fact]
    public void There_is_room_for_a_hundred_names()
    {
        var signature = new ScriptSignature<long>().Key("k", _ => "k");
        for (var i = 1; i < 100; i++)
        {
            signature.Argument($"a{i}", _ => 1);
        }

        Assert.Throws<ArgumentException>(() => signature.Argument("onemore", _ => 1));
    }
}
