namespace RedisPatterns;

/// <summary>Keys that must share a hash slot do not. Refused on every store, also where one would not mind.</summary>
/// <remarks>Give the keys one hash tag: the part between <c>{</c> and <c>}</c>. A <see cref="Keyspace"/> does it for all its keys.</remarks>
public sealed class CrossSlotException : StoreException
{
    /// <summary>The failure without details.</summary>
    public CrossSlotException()
        : base("The keys do not share a hash slot.")
    {
    }

    /// <summary>The failure.</summary>
    /// <param name="message">What happened, without a user's values.</param>
    public CrossSlotException(string message)
        : base(message)
    {
    }

    /// <summary>The failure, caused by another.</summary>
    /// <param name="message">What happened, without a user's values.</param>
    /// <param name="innerException">The cause.</param>
    public CrossSlotException(string message, Exception? innerException)
        : base(message, innerException)
    {
    }
}
