using RedisPatterns.Commands;

namespace RedisPatterns;

/// <summary>Brings a library to every primary that does not have it in this version or a newer one.</summary>
internal static class FunctionLoader
{
    // Each try more means that another process loaded or deleted the library between our look and our load.
    private const int MaximumTries = 8;

    public static async ValueTask<IReadOnlyList<FunctionLoad>> LoadAsync(IKeyValueStore store, FunctionLibrary library, CancellationToken cancellationToken)
    {
        var code = library.Code;
        if (!store.Capabilities.Has(StoreFeatures.Functions))
        {
            return [new FunctionLoad(store.Capabilities.Server, FunctionLoadOutcome.Unsupported, null)];
        }

        var looks = await store.SendToPrimariesAsync(Functions.List(library.Name), cancellationToken: cancellationToken).ConfigureAwait(false);
        StoreException? failure = null;
        foreach (var look in looks)
        {
            failure ??= look.Error;

            // Refused before anything is loaded anywhere.
            if (look.Error is null)
            {
                Decide(library, look.Value);
            }
        }

        // A server that can not be reached does not keep the others waiting.
        var loads = new List<FunctionLoad>(looks.Count);
        foreach (var look in looks.Where(look => look.Error is null))
        {
            try
            {
                loads.Add(await LoadAsync(store, library, code, look.Primary, look.Value, cancellationToken).ConfigureAwait(false));
            }
            catch (StoreException exception)
            {
                failure ??= exception;
            }
        }

        return failure is null ? loads : throw failure;
    }

    private static async ValueTask<FunctionLoad> LoadAsync(
        IKeyValueStore store, FunctionLibrary library, string code, string server, FunctionLibraryInfo[] there, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            var (outcome, before) = Decide(library, there);
            if (outcome is FunctionLoadOutcome.Unchanged or FunctionLoadOutcome.NewerThere)
            {
                return new FunctionLoad(server, outcome, before);
            }

            try
            {
                await OneAsync(store, Functions.Load(code, outcome == FunctionLoadOutcome.Replaced), server, cancellationToken).ConfigureAwait(false);
                return new FunctionLoad(server, outcome, before);
            }
            catch (FunctionLibraryException) when (attempt < MaximumTries)
            {
                // Either another process was first, or a function's name belongs to another library.
                there = await OneAsync(store, Functions.List(library.Name), server, cancellationToken).ConfigureAwait(false);
                if (outcome == FunctionLoadOutcome.Replaced || there.Length == 0)
                {
                    throw;
                }
            }
            catch (ScriptException exception) when (exception.Line is { } line && library.FunctionAt(line) is { } function)
            {
                var own = function.LineOf(line);
                throw new ScriptException($"The function {function} can not be compiled, line {own}.", exception) { Line = own };
            }
        }
    }

    private static async ValueTask<TReply> OneAsync<TReply>(IKeyValueStore store, StoreCommand<TReply> command, string server, CancellationToken cancellationToken)
    {
        var replies = await store.SendToPrimariesAsync(command, server, cancellationToken).ConfigureAwait(false);
        return replies.Count == 1 ? replies[0].Value : throw new StoreConnectionException($"{command.Definition.Name}: a primary is gone.");
    }

    private static (FunctionLoadOutcome Outcome, int? Before) Decide(FunctionLibrary library, FunctionLibraryInfo[] there)
    {
        // The name is asked for as a pattern, in which no character of it has a meaning.
        if (there.Length == 0)
        {
            return (FunctionLoadOutcome.Loaded, null);
        }

        if (!FunctionLibraryMark.TryRead(there[0], out var version, out var digest))
        {
            throw new FunctionLibraryException($"The server has a library {library.Name} that is by somebody else; nothing was loaded.");
        }

        if (version == library.Version && digest != library.Digest)
        {
            throw new FunctionLibraryException(
                $"The server has other functions as version {version} of the library {library.Name}; nothing was loaded. Raise the version.")
            { ServerVersion = version };
        }

        var outcome = version == library.Version ? FunctionLoadOutcome.Unchanged
            : version > library.Version ? FunctionLoadOutcome.NewerThere
            : FunctionLoadOutcome.Replaced;
        return (outcome, version);
    }
}
