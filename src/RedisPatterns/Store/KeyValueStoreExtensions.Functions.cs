using RedisPatterns.Commands;

namespace RedisPatterns;

public static partial class KeyValueStoreExtensions
{
    /// <summary>
    /// Brings a library of functions to every server that does not have it in this version or a newer one: to every primary
    /// of a cluster. Calls do so by themselves; loaded at the start of a process, a conflict is told there.
    /// </summary>
    /// <param name="store">The store.</param>
    /// <param name="library">The library.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    /// <returns>What was done on each server. A store without functions answers that it has none, and runs scripts or twins.</returns>
    /// <exception cref="FunctionLibraryException">
    /// A server has other functions under the same name and version, a library by somebody else, or another library with a function's name.
    /// </exception>
    /// <exception cref="ScriptException">A function can not be compiled.</exception>
    /// <exception cref="StoreException">A server could not be asked; the others have the library.</exception>
    public static ValueTask<IReadOnlyList<FunctionLoad>> LoadAsync(
        this IKeyValueStore store, FunctionLibrary library, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(store);
        ArgumentNullException.ThrowIfNull(library);
        return FunctionLoader.LoadAsync(store, library, cancellationToken);
    }

    /// <summary>The libraries of functions that the servers hold, and where servers of a cluster differ.</summary>
    /// <param name="store">The store.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    /// <returns>The libraries by name; none of a store without functions.</returns>
    /// <exception cref="StoreException">A server could not be asked.</exception>
    public static ValueTask<IReadOnlyList<FunctionLibraryStatus>> ListFunctionsAsync(this IKeyValueStore store, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(store);
        return FunctionLister.ListAsync(store, cancellationToken);
    }

    /// <summary>Takes a library of functions from every server. A process that still calls one of its functions loads it again.</summary>
    /// <param name="store">The store.</param>
    /// <param name="library">The name of the library.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    /// <returns>From how many servers it was taken.</returns>
    /// <exception cref="StoreException">A server could not be asked; the library is gone from the others.</exception>
    public static async ValueTask<int> UnloadAsync(this IKeyValueStore store, string library, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(store);
        ArgumentException.ThrowIfNullOrWhiteSpace(library);
        if (!store.Capabilities.Has(StoreFeatures.Functions))
        {
            return 0;
        }

        var replies = await store.SendToPrimariesAsync(Functions.Delete(library), cancellationToken: cancellationToken).ConfigureAwait(false);
        return replies.Count(reply => reply.Error is not NoSuchFunctionException && reply.Value);
    }
}
