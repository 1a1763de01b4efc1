namespace RedisPatterns.Commands;

/// <summary>
/// Commands on the function libraries of a server: of one node, in a cluster. For all of them, and for libraries with versions,
/// see <see cref="FunctionLibrary"/> and <see cref="IKeyValueStore.SendToPrimariesAsync"/>.
/// </summary>
public static class Functions
{
    private static readonly ReplyReader<FunctionLibraryInfo[]> ReadLibraries = static reply => Replies.ToArray(reply, FunctionLibraryInfo.Read);

    /// <summary>The libraries that a server holds. <c>FUNCTION LIST</c>.</summary>
    /// <param name="pattern">A glob pattern of their names, or null for all.</param>
    /// <param name="withCode">Whether their code is wanted too.</param>
    /// <returns>Answers the libraries.</returns>
    public static StoreCommand<FunctionLibraryInfo[]> List(string? pattern = null, bool withCode = false)
    {
        var arguments = new ArgumentList(3);
        if (pattern is not null)
        {
            arguments.Add("LIBRARYNAME").Add(pattern);
        }

        return new(CommandTable.FunctionList, ReadLibraries, arguments.AddIf(withCode, "WITHCODE").ToArray());
    }

    /// <summary>Gives a server a library. <c>FUNCTION LOAD</c>.</summary>
    /// <param name="code">The library, beginning with <c>#!lua name=…</c>.</param>
    /// <param name="replace">Whether it may take the place of one of the same name.</param>
    /// <returns>
    /// Answers the library's name. Fails with <see cref="FunctionLibraryException"/> when the library, or another one's function, has the
    /// name already; with <see cref="ScriptException"/> when the code can not be compiled.
    /// </returns>
    public static StoreCommand<StoreValue> Load(StoreValue code, bool replace = false) =>
        new(CommandTable.FunctionLoad, Replies.Value, new ArgumentList(2).AddIf(replace, "REPLACE").Add(code).ToArray());

    /// <summary>Takes a library from a server, with all its functions. <c>FUNCTION DELETE</c>.</summary>
    /// <param name="library">The name of the library.</param>
    /// <returns>Answers true. Fails with <see cref="NoSuchFunctionException"/>.</returns>
    public static StoreCommand<bool> Delete(StoreValue library) => new(CommandTable.FunctionDelete, Replies.Ok, library);
}
