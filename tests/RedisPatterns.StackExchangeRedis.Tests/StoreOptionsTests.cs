namespace RedisPatterns.StackExchangeRedis.Tests;

public sealed class StoreOptionsTests
{
    [Fact]
    public void Values_out_of_range_are_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new RedisKeyValueStoreOptions { MovingSlotPatience = TimeSpan.FromSeconds(-1) });
        Assert.Throws<ArgumentOutOfRangeException>(() => new RedisKeyValueStoreOptions { MovingSlotPatience = TimeSpan.FromMinutes(3) });
        Assert.Throws<ArgumentOutOfRangeException>(() => new RedisKeyValueStoreOptions { TransactionAttempts = 0 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new RedisKeyValueStoreOptions { Database = -2 });
        Assert.Equal(TimeSpan.FromSeconds(30), new RedisKeyValueStoreOptions().MovingSlotPatience);
    }
}
