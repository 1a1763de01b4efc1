namespace RedisPatterns.Testing;

/// <summary>What goes wrong with a call.</summary>
public enum ChaosFault
{
    /// <summary>Nothing is sent; the call fails with <see cref="StoreConnectionException"/>.</summary>
    BeforeSend,

    /// <summary>
    /// The call takes effect and its answer is lost; it fails with <see cref="StoreTimeoutException"/>. What the store itself
    /// failed with is lost too, as it would be on the wire.
    /// </summary>
    AfterEffect,

    /// <summary>The call is held up and then goes on.</summary>
    Delay,
}
