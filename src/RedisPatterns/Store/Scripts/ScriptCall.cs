namespace RedisPatterns;

/// <summary>A script with its keys and arguments. <see cref="ScriptCall{TReply}"/> adds the type of its reply.</summary>
public abstract class ScriptCall
{
    private protected ScriptCall(AtomicScript script, StoreKey[] keys, StoreValue[] arguments)
    {
        ArgumentNullException.ThrowIfNull(keys);
        ArgumentNullException.ThrowIfNull(arguments);
        if (keys.Length == 0)
        {
            throw new ArgumentException("A script needs at least one key: it decides which server runs it.", nameof(keys));
        }

        foreach (var key in keys)
        {
            if (key.IsNull)
            {
                throw new ArgumentException("A key has no name.", nameof(keys));
            }
        }

        foreach (var argument in arguments)
        {
            if (argument.IsNull)
            {
                throw new ArgumentException("An argument of a script must not be null.", nameof(arguments));
            }
        }

        Script = script;
        Keys = keys;
        Arguments = arguments;
    }

    /// <summary>The script.</summary>
    public AtomicScript Script { get; }

    /// <summary>Its keys. Not to be changed.</summary>
    public StoreKey[] Keys { get; }

    /// <summary>Its arguments. Not to be changed.</summary>
    public StoreValue[] Arguments { get; }

    /// <summary>Whether the reply is remembered under the last key.</summary>
    public bool IsRemembered { get; private protected init; }

    /// <summary>Whether the call may be sent again when it got no answer.</summary>
    public bool IsRepeatable => IsRemembered || Script.IsRepeatable;
}
