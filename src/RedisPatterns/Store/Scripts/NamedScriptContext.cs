namespace RedisPatterns;

/// <summary>What the C# twin of a script works with, its keys and arguments by their names.</summary>
public sealed class NamedScriptContext
{
    private readonly IScriptContext _context;
    private readonly IReadOnlyList<string> _keyNames;
    private readonly IReadOnlyList<string> _argumentNames;

    internal NamedScriptContext(IScriptContext context, IReadOnlyList<string> keyNames, IReadOnlyList<string> argumentNames) =>
        (_context, _keyNames, _argumentNames) = (context, keyNames, argumentNames);

    /// <summary>The keys that have no name of their own: those of <see cref="ScriptSignature{TArguments}.Keys"/>.</summary>
    public IReadOnlyList<StoreKey> Keys => Rest(_context.Keys, _keyNames.Count);

    /// <summary>The arguments that have no name of their own: those of <see cref="ScriptSignature{TArguments}.Arguments"/>.</summary>
    public IReadOnlyList<StoreValue> Arguments => Rest(_context.Arguments, _argumentNames.Count);

    /// <inheritdoc cref="IScriptContext.NowMilliseconds"/>
    public long NowMilliseconds => _context.NowMilliseconds;

    /// <summary>A key.</summary>
    /// <param name="name">Its name in the signature.</param>
    /// <exception cref="ArgumentException">The signature has no key of the name.</exception>
    public StoreKey Key(string name) => _context.Keys[IndexOf(_keyNames, name)];

    /// <summary>An argument.</summary>
    /// <param name="name">Its name in the signature.</param>
    /// <exception cref="ArgumentException">The signature has no argument of the name.</exception>
    public StoreValue Argument(string name) => _context.Arguments[IndexOf(_argumentNames, name)];

    /// <inheritdoc cref="IScriptContext.Call{TReply}(StoreCommand{TReply})"/>
    public TReply Call<TReply>(StoreCommand<TReply> command) => _context.Call(command);

    /// <inheritdoc cref="IScriptContext.Rollback"/>
    public void Rollback() => _context.Rollback();

    private static T[] Rest<T>(IReadOnlyList<T> all, int from)
    {
        var rest = new T[all.Count - from];
        for (var i = 0; i < rest.Length; i++)
        {
            rest[i] = all[from + i];
        }

        return rest;
    }

    private static int IndexOf(IReadOnlyList<string> names, string name)
    {
        for (var i = 0; i < names.Count; i++)
        {
            if (names[i] == name)
            {
                return i;
            }
        }

        throw new ArgumentException($"The script's signature has no {name}.", nameof(name));
    }
}
