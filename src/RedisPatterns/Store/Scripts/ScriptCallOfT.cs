namespace RedisPatterns;

/// <summary>A script with its keys and arguments, typed by its reply.</summary>
/// <typeparam name="TReply">What it answers.</typeparam>
public sealed class ScriptCall<TReply> : ScriptCall
{
    internal ScriptCall(AtomicScript<TReply> script, StoreKey[] keys, StoreValue[] arguments)
        : base(script, keys, arguments) => Script = script;

    /// <summary>The script.</summary>
    public new AtomicScript<TReply> Script { get; }

    /// <summary>The same call on other keys.</summary>
    /// <param name="map">Gives the new key for each key.</param>
    public ScriptCall<TReply> WithKeys(Func<StoreKey, StoreKey> map) => new(Script, Array.ConvertAll(Keys, key => map(key)), Arguments) { IsRemembered = IsRemembered };

    /// <summary>
    /// The same call, remembered under a key: one that is repeated with the same key gets the first one's reply instead of
    /// being run again. What fails is not remembered. No further round trip. It is a script also where the call was a function's.
    /// </summary>
    /// <param name="key">A key of the call's hash slot, used for nothing else, that names this one operation; see <see cref="Keyspace.IdempotencyKey"/>.</param>
    /// <param name="lifetime">How long it is remembered; at least a millisecond.</param>
    /// <exception cref="ArgumentException">The key has no name.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The time is shorter than a millisecond.</exception>
    /// <exception cref="InvalidOperationException">The script is read-only, or the call is remembered already.</exception>
    public ScriptCall<TReply> RememberAs(StoreKey key, TimeSpan lifetime) => RememberAs(key, lifetime, null);

    /// <summary>The same, but for replies that say that nothing was done.</summary>
    internal ScriptCall<TReply> RememberAs(StoreKey key, TimeSpan lifetime, ScriptRefusal? refusal)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(lifetime, TimeSpan.FromMilliseconds(1));
        if (Script.IsReadOnly || IsRemembered)
        {
            throw new InvalidOperationException($"{Script.Name}: {(IsRemembered ? "the call is remembered already" : "a read-only script can not be remembered, and need not be")}.");
        }

        return new(Script.Remembered(refusal), [.. Keys, key], [.. Arguments, lifetime.Ticks / TimeSpan.TicksPerMillisecond]) { IsRemembered = true };
    }
}
