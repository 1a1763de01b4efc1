using RedisPatterns.Commands;

namespace RedisPatterns;

/// <summary>Gathers what the primaries hold of every library.</summary>
internal static class FunctionLister
{
    public static async ValueTask<IReadOnlyList<FunctionLibraryStatus>> ListAsync(IKeyValueStore store, CancellationToken cancellationToken)
    {
        if (!store.Capabilities.Has(StoreFeatures.Functions))
        {
            return [];
        }

        var replies = await store.SendToPrimariesAsync(Functions.List(), cancellationToken: cancellationToken).ConfigureAwait(false);
        var copies = replies.SelectMany(reply => reply.Value.Select(library => (library.Name, Copy: CopyOf(reply.Primary, library))));
        return
        [
            .. from copy in copies
               group copy.Copy by copy.Name into library
               orderby library.Key
               let missing = replies.Select(reply => reply.Primary).Except(library.Select(copy => copy.Server), StringComparer.Ordinal)
               select new FunctionLibraryStatus(library.Key, [.. library], [.. missing]),
        ];
    }

    private static FunctionLibraryCopy CopyOf(string server, FunctionLibraryInfo library)
    {
        var isOurs = FunctionLibraryMark.TryRead(library, out var version, out var digest);
        return new FunctionLibraryCopy(
            server, isOurs ? version : null, isOurs ? digest : null, [.. library.Functions.Select(function => function.Name).Order(StringComparer.Ordinal)]);
    }
}
