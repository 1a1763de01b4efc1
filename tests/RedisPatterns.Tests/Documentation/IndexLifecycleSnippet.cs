namespace RedisPatterns.Tests.Documentation;

internal static class IndexLifecycleSnippet
{
    /// <summary>Builds and mends the indexes of users.</summary>
    /// <param name="users">Users whose model declares indexes that some who were written before are not in.</param>
    /// <param name="settle">How long older code may take to notice the index.</param>
    /// <returns>What was told.</returns>
    public static async Task<(IReadOnlyList<string> Told, bool IsReady, bool IsMended)> RunAsync(Repository<User, UserModel> users, TimeSpan settle)
    {
        List<string> told = [];

        // snippet: index-lifecycle
        foreach (var index in await users.GetIndexStatesAsync())
        {
            told.Add($"{index.Index}: {index.State}");
        }

        // While old and new code write. Cancel to pause: the next call goes on from there, in whatever process.
        // Where no old code runs, there is nothing to settle: TimeSpan.Zero; the default is 90 seconds.
        var build = await users.BuildIndexesAsync(new IndexBuildOptions { Settle = settle, DropUnusedFor = TimeSpan.FromHours(1) });
        told.Add($"{build.Indexed} of {build.Read} were put in");
        foreach (var duplicate in build.Duplicates)
        {
            told.Add($"{duplicate.Index}: another has the value of {duplicate.Id}");
        }

        // What something else than the library has written or deleted. Without a false alarm while others write.
        var repair = await users.RepairAsync();
        foreach (var drift in repair.Drift.Differences)
        {
            told.Add($"{drift.Index}: {drift.Kind} of {drift.Id}");
        }

        // end-snippet
        return (told, build.IsReady, repair.IsMended);
    }
}
