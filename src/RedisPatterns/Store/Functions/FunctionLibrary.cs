using System.Buffers;

namespace RedisPatterns;

/// <summary>A library of Redis Functions: scripts that servers keep by name, all of one version. Derive from it, and give it functions in the constructor.</summary>
/// <remarks>
/// <para>A call is that of the script, and goes by <see cref="IKeyValueStore.EvaluateAsync{TReply}"/>. Where the server has functions
/// it calls the function, loading the library first if the server lacks it or has an older version; elsewhere it runs
/// the script, and in memory the twin.</para>
/// <para>Whoever changes a function raises the version. A newer version takes the place of an older one, never the other way
/// round, and a call is never carried out by a version less than the caller's. A caller that is older than what the server
/// has runs the newer functions: keep them compatible with the callers that are still about.</para>
/// <para>Keep one instance in a static field.</para>
/// </remarks>
public abstract class FunctionLibrary
{
    /// <summary>The code of the error by which a function tells that it is older than its caller, having done nothing.</summary>
    public const string OutdatedError = "OUTDATEDFUNCTION";

    private static readonly SearchValues<char> NameCharacters = SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_");

    private readonly List<LibraryFunction> _functions = [];
    private FunctionLibraryCode? _code;

    /// <summary>A library without functions yet.</summary>
    /// <param name="name">The name: letters, digits and underscores, no digit first. It begins the names of the functions.</param>
    /// <param name="version">The version, from 1; greater than that of every library of the name that had other functions.</param>
    /// <exception cref="ArgumentException">The name is none.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The version is less than 1.</exception>
    protected FunctionLibrary(string name, int version)
    {
        ThrowIfNoName(name);
        ArgumentOutOfRangeException.ThrowIfLessThan(version, 1);
        (Name, Version) = (name, version);
    }

    /// <summary>The name.</summary>
    public string Name { get; }

    /// <summary>The version.</summary>
    public int Version { get; }

    /// <summary>The functions, in the order in which they were added.</summary>
    public IReadOnlyList<LibraryFunction> Functions => _functions;

    /// <summary>The code as a server is given it.</summary>
    /// <exception cref="InvalidOperationException">The library has no functions.</exception>
    public string Code => Composed.Text;

    /// <summary>The SHA-1 of the functions' names, flags and texts in hexadecimal: what must not change within a version.</summary>
    /// <exception cref="InvalidOperationException">The library has no functions.</exception>
    public string Digest => Composed.Digest;

    private FunctionLibraryCode Composed => _code ??= FunctionLibraryCode.Of(this);

    /// <summary>The name and the version.</summary>
    public override string ToString() => $"{Name}, version {Version}";

    /// <summary>Adds a function.</summary>
    /// <typeparam name="TReply">What it answers.</typeparam>
    /// <param name="name">The name, without that of the library: letters, digits and underscores.</param>
    /// <param name="script">What it does.</param>
    /// <param name="runsAtMemoryLimit">
    /// Whether a server at its memory limit runs it, for one that only deletes. It is not stopped there whatever it does. Such a
    /// server runs read-only functions always, and refuses others before they begin.
    /// </param>
    /// <returns>The script whose calls go to the function.</returns>
    /// <exception cref="ArgumentException">The name is none, or taken, or the script begins with a line of flags.</exception>
    /// <exception cref="InvalidOperationException">The library is in use.</exception>
    protected AtomicScript<TReply> Function<TReply>(string name, AtomicScript<TReply> script, bool runsAtMemoryLimit = false)
    {
        ArgumentNullException.ThrowIfNull(script);
        return script.As(Add(name, script, runsAtMemoryLimit));
    }

    /// <summary>Adds a function whose keys and arguments have names.</summary>
    /// <typeparam name="TArguments">The type that a call's keys and arguments come from.</typeparam>
    /// <typeparam name="TReply">What it answers.</typeparam>
    /// <param name="name">The name, without that of the library: letters, digits and underscores.</param>
    /// <param name="script">What it does.</param>
    /// <param name="runsAtMemoryLimit">
    /// Whether a server at its memory limit runs it, for one that only deletes. It is not stopped there whatever it does. Such a
    /// server runs read-only functions always, and refuses others before they begin.
    /// </param>
    /// <returns>The script whose calls go to the function.</returns>
    /// <exception cref="ArgumentException">The name is none, or taken, or the script begins with a line of flags.</exception>
    /// <exception cref="InvalidOperationException">The library is in use.</exception>
    protected AtomicScript<TArguments, TReply> Function<TArguments, TReply>(
        string name, AtomicScript<TArguments, TReply> script, bool runsAtMemoryLimit = false)
    {
        ArgumentNullException.ThrowIfNull(script);
        return script.As(Add(name, script.Positional, runsAtMemoryLimit));
    }

    /// <summary>The function that a line of the code belongs to.</summary>
    internal LibraryFunction? FunctionAt(int line) => _functions.Find(function => LineOf(function, line) is not null);

    internal int? LineOf(LibraryFunction function, int line) => Composed.LineOf(function.Lua, line);

    private LibraryFunction Add(string name, AtomicScript script, bool runsAtMemoryLimit)
    {
        ThrowIfNoName(name);
        if (_code is not null)
        {
            throw new InvalidOperationException($"The library {Name} is in use: give it its functions in its constructor.");
        }

        if (script.Lua.StartsWith("#!", StringComparison.Ordinal))
        {
            throw new ArgumentException($"The function {name} can not begin with a line of flags.", nameof(script));
        }

        var fullName = $"{Name}_{name}";
        if (name == FunctionLibraryMark.Function || _functions.Exists(other => other.Name == fullName))
        {
            throw new ArgumentException($"{name} is the name of something else in the library already.", nameof(name));
        }

        var function = new LibraryFunction(this, fullName, script, runsAtMemoryLimit);
        _functions.Add(function);
        return function;
    }

    private static void ThrowIfNoName(string name)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        if (name.AsSpan().ContainsAnyExcept(NameCharacters) || char.IsAsciiDigit(name[0]))
        {
            throw new ArgumentException($"{name} can not be the name of a library or a function: letters, digits and underscores, no digit first.", nameof(name));
        }
    }
}
