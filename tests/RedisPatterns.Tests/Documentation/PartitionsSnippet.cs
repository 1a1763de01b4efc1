namespace RedisPatterns.Tests.Documentation;

internal static class PartitionsSnippet
{
    public static async Task<(int Found, string Index)> RunAsync(IKeyValueStore store)
    {
        // snippet: partitions
        var service = await store.OpenPartitionedKeyspaceAsync("service", new PartitionedKeyspaceOptions { Partitions = 16 });
        var users = service.Repository<User, UserModel>(new UserModel());

        await users.InsertAsync(new User("u1", "ada@example.com", "Oslo", 36));
        await users.InsertAsync(new User("u2", "bob@example.com", "Oslo", 27));

        // From all partitions, in order.
        var oldest = await users.Query(m => m.ByCity.Is("Oslo")).OrderByDescending(m => m.ByAge).Take(20).ToListAsync();

        // Unique in all partitions: DuplicateValueException.
        var eve = users.InsertAsync(new User("u3", "ada@example.com", "Rome", 41));

        // end-snippet
        return (oldest.Count, (await Assert.ThrowsAsync<DuplicateValueException>(eve.AsTask)).Index);
    }
}
