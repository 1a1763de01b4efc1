namespace RedisPatterns;

/// <summary>A script, typed by what it takes and by its reply: its keys and arguments have names, in Lua and in the twin.</summary>
/// <typeparam name="TArguments">The type that a call's keys and arguments come from; a record, as a rule.</typeparam>
/// <typeparam name="TReply">What it answers.</typeparam>
public sealed class AtomicScript<TArguments, TReply>
{
    private readonly ScriptSignature<TArguments> _signature;

    /// <summary>Defines a script. Keep it in a static field: its digest is computed here.</summary>
    /// <param name="name">The name, for errors and telemetry.</param>
    /// <param name="lua">The Lua text; the names of the signature are locals in it.</param>
    /// <param name="signature">What it takes; at least one key.</param>
    /// <param name="reader">Turns the reply into the typed one.</param>
    /// <param name="twin">The same logic in C#, for the in-memory store; without it the script runs on servers only.</param>
    /// <param name="isReadOnly">Whether the script writes nothing.</param>
    /// <param name="isRepeatable">Whether running it twice is the same as once, so that a <see cref="RetryingKeyValueStore"/> may send it again.</param>
    public AtomicScript(
        string name,
        string lua,
        ScriptSignature<TArguments> signature,
        ReplyReader<TReply> reader,
        NamedScriptTwin? twin = null,
        bool isReadOnly = false,
        bool isRepeatable = false)
    {
        ArgumentNullException.ThrowIfNull(signature);
        ArgumentException.ThrowIfNullOrWhiteSpace(lua);
        _signature = signature;
        var (keyNames, argumentNames) = (signature.KeyNames, signature.ArgumentNames);
        Positional = new AtomicScript<TReply>(
            name,
            signature.Preamble() + lua,
            reader,
            twin is null ? null : context => twin(new NamedScriptContext(context, keyNames, argumentNames)),
            isReadOnly,
            isRepeatable);
    }

    private AtomicScript(ScriptSignature<TArguments> signature, AtomicScript<TReply> positional) => (_signature, Positional) = (signature, positional);

    /// <summary>The name.</summary>
    public string Name => Positional.Name;

    /// <summary>The script as the server knows it, with keys and arguments by position.</summary>
    public AtomicScript<TReply> Positional { get; }

    /// <summary>The script with what it is to work on, for <see cref="IKeyValueStore.EvaluateAsync{TReply}"/>.</summary>
    /// <param name="arguments">What the keys and arguments come from.</param>
    /// <exception cref="ArgumentException">There is no key, a key has no name, or an argument is null.</exception>
    public ScriptCall<TReply> With(TArguments arguments) => Positional.With(_signature.KeysOf(arguments), _signature.ArgumentsOf(arguments));

    /// <summary>The name.</summary>
    public override string ToString() => Name;

    /// <summary>The same script, whose calls go to a function.</summary>
    internal AtomicScript<TArguments, TReply> As(LibraryFunction function) => new(_signature, Positional.As(function));
}
