namespace RedisPatterns;

/// <summary>A script, typed by its reply.</summary>
/// <typeparam name="TReply">What it answers.</typeparam>
public sealed class AtomicScript<TReply> : AtomicScript
{
    private AtomicScript<TReply>? _remembered;

    /// <summary>Defines a script. Keep it in a static field: its digest is computed here.</summary>
    /// <param name="name">The name, for errors and telemetry.</param>
    /// <param name="lua">The Lua text; it finds its keys in <c>KEYS</c> and its arguments in <c>ARGV</c>.</param>
    /// <param name="reader">Turns the reply into the typed one.</param>
    /// <param name="twin">The same logic in C#, for the in-memory store; without it the script runs on servers only.</param>
    /// <param name="isReadOnly">Whether the script writes nothing.</param>
    /// <param name="isRepeatable">Whether running it twice is the same as once, so that a <see cref="RetryingKeyValueStore"/> may send it again.</param>
    public AtomicScript(string name, string lua, ReplyReader<TReply> reader, ScriptTwin? twin = null, bool isReadOnly = false, bool isRepeatable = false)
        : base(name, lua, twin, isReadOnly, isRepeatable)
    {
        ArgumentNullException.ThrowIfNull(reader);
        Reader = reader;
    }

    /// <summary>Turns the reply into the typed one.</summary>
    public ReplyReader<TReply> Reader { get; }

    /// <summary>The script with what it is to work on.</summary>
    /// <param name="keys">Every key, all of one hash slot; at least one, since the server is chosen by it.</param>
    /// <param name="arguments">The arguments.</param>
    public ScriptCall<TReply> With(StoreKey[] keys, params StoreValue[] arguments) => new(this, keys, arguments);

    /// <summary>The script that remembers its replies.</summary>
    /// <param name="refusal">Which it does not; the same for all calls of one script.</param>
    internal AtomicScript<TReply> Remembered(ScriptRefusal? refusal) => _remembered ??= RememberedScript.Of(this, refusal);

    /// <summary>The same script, whose calls go to a function.</summary>
    internal AtomicScript<TReply> As(LibraryFunction function) => new(function.Name, Lua, Reader, Twin, IsReadOnly, IsRepeatable) { Function = function };
}
