using System.Buffers;

namespace RedisPatterns;

/// <summary>How entities become bytes and entities again, for models that do not keep them as JSON.</summary>
/// <remarks>
/// Used by any number of threads at once. The library keeps the schema version, and the version of models that have one,
/// beside what the format writes. What is written must be readable for as long as it is stored: a change of the format's
/// own layout needs a new schema version.
/// </remarks>
/// <typeparam name="T">The type of the entities.</typeparam>
public interface IEntityFormat<T>
    where T : class
{
    /// <summary>The name, for messages: <c>json</c>, <c>protobuf</c>.</summary>
    string Name { get; }

    /// <summary>Writes an entity.</summary>
    /// <param name="entity">The entity.</param>
    /// <param name="output">Where to; not to be kept.</param>
    void Write(T entity, IBufferWriter<byte> output);

    /// <summary>Reads an entity. What it throws reaches the reader within an <see cref="EntityFormatException"/>.</summary>
    /// <param name="document">What <see cref="Write"/> wrote; the memory may be used again afterwards, so keep no reference to it.</param>
    /// <param name="schemaVersion">The schema version it was written in, from 1 to the model's. The format itself reads older ones.</param>
    /// <returns>The entity.</returns>
    T Read(ReadOnlyMemory<byte> document, int schemaVersion);

    /// <summary>Writes an entity to a stream, for large ones; by way of <see cref="Write"/> unless the format can do better.</summary>
    /// <param name="entity">The entity.</param>
    /// <param name="stream">Where to; stays open.</param>
    /// <param name="cancellationToken">Gives up.</param>
    async ValueTask WriteAsync(T entity, Stream stream, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(stream);
        using var output = PooledBuffer.Rent();
        Write(entity, output);
        await stream.WriteAsync(output.WrittenMemory, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Reads an entity from a stream to its end, for large ones; by way of <see cref="Read"/> unless the format can do better.</summary>
    /// <param name="stream">Where from; stays open.</param>
    /// <param name="schemaVersion">The schema version it was written in.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The entity.</returns>
    async ValueTask<T> ReadAsync(Stream stream, int schemaVersion, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(stream);
        using var document = PooledBuffer.Rent();
        await document.ReadToEndAsync(stream, cancellationToken).ConfigureAwait(false);
        return Read(document.WrittenMemory, schemaVersion);
    }
}
