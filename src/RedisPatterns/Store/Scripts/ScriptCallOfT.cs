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
    public ScriptCall<TReply> WithKeys(Func<StoreKey, StoreKey> map) => new(Script, Array.ConvertAll(Keys, key => map(key)), Arguments);
}
