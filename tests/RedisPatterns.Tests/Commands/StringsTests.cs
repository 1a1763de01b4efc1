using RedisPatterns.Commands;

namespace RedisPatterns.Tests.Commands;

public sealed class StringsTests
{
    [Fact]
    public void Commands_name_their_keys_and_values()
    {
        Wire.Is("GET @k", Strings.Get("k"));
        Wire.Is("MGET @a @b", Strings.GetMany("a", "b"));
        Wire.Is("SET @k v", Strings.Set("k", "v"));
        Wire.Is("MSET @a 1 @b 2", Strings.SetMany(new("a", 1), new("b", 2)));
        Wire.Is("MSETNX @a 1", Strings.SetManyIfAbsent(new KeyValuePair<StoreKey, StoreValue>("a", 1)));
        Wire.Is("GETDEL @k", Strings.GetAndDelete("k"));
        Wire.Is("INCRBY @k 1", Strings.Increment("k"));
        Wire.Is("INCRBYFLOAT @k 0.5", Strings.IncrementFloat("k", 0.5));
        Wire.Is("APPEND @k v", Strings.Append("k", "v"));
        Wire.Is("GETRANGE @k 0 -1", Strings.GetRange("k", 0, -1));
        Wire.Is("SETRANGE @k 5 v", Strings.SetRange("k", 5, "v"));
        Wire.Is("STRLEN @k", Strings.Length("k"));
    }

    [Fact]
    public void Set_and_getex_say_the_time_to_live_and_the_condition()
    {
        var moment = DateTimeOffset.FromUnixTimeMilliseconds(1_700_000_000_123);
        Wire.Is("SET @k v PX 1500 NX", Strings.Set("k", "v", TimeSpan.FromSeconds(1.5), SetWhen.KeyAbsent));
        Wire.Is("SET @k v PXAT 1700000000123 XX", Strings.Set("k", "v", Expiry.At(moment), SetWhen.KeyExists));
        Wire.Is("SET @k v KEEPTTL", Strings.Set("k", "v", Expiry.Keep));
        Wire.Is("SET @k v GET", Strings.GetAndSet("k", "v"));
        Wire.Is("SET @k v PX 1 NX GET", Strings.GetAndSet("k", "v", TimeSpan.FromMilliseconds(1), SetWhen.KeyAbsent));
        Wire.Is("GETEX @k", Strings.GetAndExpire("k", Expiry.None));
        Wire.Is("GETEX @k PERSIST", Strings.GetAndExpire("k", Expiry.Persist));
        Wire.Is("GETEX @k PX 1000", Strings.GetAndExpire("k", TimeSpan.FromSeconds(1)));
    }

    [Fact]
    public void Bad_input_is_refused()
    {
        Assert.Throws<ArgumentException>(() => Strings.GetMany());
        Assert.Throws<ArgumentException>(() => Strings.SetMany());
        Assert.Throws<ArgumentException>(() => Strings.SetManyIfAbsent());
        Assert.Throws<ArgumentException>(() => Strings.Get(default));
        Assert.Throws<ArgumentException>(() => Strings.Set("k", StoreValue.Null));
        Assert.Throws<ArgumentException>(() => Strings.Set("k", "v", Expiry.Persist));
        Assert.Throws<ArgumentException>(() => Strings.GetAndExpire("k", Expiry.Keep));
        Assert.Throws<ArgumentOutOfRangeException>(() => Strings.Set("k", "v", TimeSpan.Zero));
        Assert.Throws<ArgumentOutOfRangeException>(() => Expiry.At(DateTimeOffset.UnixEpoch));
        Assert.Throws<ArgumentOutOfRangeException>(() => Strings.IncrementFloat("k", double.NaN));
        Assert.Throws<ArgumentOutOfRangeException>(() => Strings.SetRange("k", -1, "v"));
        Assert.Throws<ArgumentOutOfRangeException>(() => Strings.SetRange("k", 512L * 1024 * 1024, "v"));
    }
}
