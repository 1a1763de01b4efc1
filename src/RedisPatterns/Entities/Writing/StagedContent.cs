namespace RedisPatterns;

/// <summary>Writes a content in parts ahead of the commit that makes it an entity's.</summary>
internal static class StagedContent
{
    // What a writer that dies leaves is gone after this; a commit that comes later is refused.
    private static readonly TimeSpan StagedFor = TimeSpan.FromMinutes(10);

    /// <summary>Writes the parts.</summary>
    /// <returns>What the script stores of them, and what deletes them again.</returns>
    public static async ValueTask<(StoreValue[] Content, Func<ValueTask> Discard)> WriteAsync<T>(
        EntityStorage<T> storage, string token, int schema, Func<Stream, ValueTask> write, CancellationToken cancellationToken)
        where T : class
    {
        var layout = storage.Schema.Layout;
        var writer = new ChunkWriter(
            storage.Store, storage.Schema.Name, storage.Keys.Entity(token), layout.PartSize, StagedFor, maximumLength: layout.MaximumBytes, cancellationToken: cancellationToken);
        try
        {
            await write(writer).ConfigureAwait(false);
            var (head, tail) = (await writer.CompleteAsync(schema, cancellationToken).ConfigureAwait(false)).ToTemplate();
            return ([head, tail], writer.DiscardAsync);
        }
        catch
        {
            await writer.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }
}
