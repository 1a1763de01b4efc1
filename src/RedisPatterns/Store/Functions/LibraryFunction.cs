namespace RedisPatterns;

/// <summary>A function of a <see cref="FunctionLibrary"/>: a script that a server keeps under a name.</summary>
public sealed class LibraryFunction
{
    internal LibraryFunction(FunctionLibrary library, string name, AtomicScript script, bool runsAtMemoryLimit) =>
        (Library, Name, IsReadOnly, RunsAtMemoryLimit, Lua) =
        (library, name, script.IsReadOnly, runsAtMemoryLimit, script.Lua.Replace("\r\n", "\n", StringComparison.Ordinal));

    /// <summary>The library.</summary>
    public FunctionLibrary Library { get; }

    /// <summary>The name on the server: that of the library, an underscore, and its own.</summary>
    public string Name { get; }

    /// <summary>Whether the function writes nothing, so that a replica may run it.</summary>
    public bool IsReadOnly { get; }

    /// <summary>Whether a server at its memory limit runs the function too.</summary>
    public bool RunsAtMemoryLimit { get; }

    /// <summary>The text with the line ends that every machine's build gives it: Lua reads them alike.</summary>
    internal string Lua { get; }

    /// <summary>The line of the function's own text for a line of the library's code, as a server tells it.</summary>
    /// <param name="libraryLine">The line of <see cref="FunctionLibrary.Code"/>, from 1.</param>
    /// <returns>The line from 1, or null when the function has no such line.</returns>
    public int? LineOf(int libraryLine) => Library.LineOf(this, libraryLine);

    /// <summary>The name.</summary>
    public override string ToString() => Name;
}
