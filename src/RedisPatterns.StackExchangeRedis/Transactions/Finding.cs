using StackExchange.Redis;

namespace RedisPatterns.StackExchangeRedis.Transactions;

/// <summary>What came of looking at a condition or precheck.</summary>
/// <param name="Holds">Whether it holds.</param>
/// <param name="Error">Why the command could not be carried out, or the condition not be looked at.</param>
/// <param name="Pins">What must still be so when the transaction runs, in the driver's terms.</param>
internal readonly record struct Finding(bool Holds, StoreException? Error, params Condition[] Pins)
{
    public static Finding True(params Condition[] pins) => new(true, null, pins);

    public static Finding False(StoreException? error = null) => new(false, error, []);
}
