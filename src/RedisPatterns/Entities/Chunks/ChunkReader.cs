namespace RedisPatterns;

/// <summary>Reads a content that is kept in parts as a stream, asynchronously only.</summary>
/// <remarks>
/// It follows one manifest, so it gives the content of one write or fails with <see cref="ChunkReadException"/>. The last
/// part is handed out only when the checksum of the whole agrees.
/// </remarks>
internal sealed class ChunkReader : Stream
{
    public const int DefaultInFlight = 4;

    private readonly ChunkParts _parts;
    private ReadOnlyMemory<byte> _current;
    private bool _disposed;

    /// <param name="store">The store.</param>
    /// <param name="manifest">Which parts.</param>
    /// <param name="entityKey">The key of the manifest.</param>
    /// <param name="maximumInFlight">How many parts are held in memory at most, those asked for ahead included; at least 1.</param>
    /// <param name="cancellationToken">Gives up the reading as a whole; a single read has a token of its own.</param>
    public ChunkReader(
        IKeyValueStore store, ChunkManifest manifest, StoreKey entityKey, int maximumInFlight = DefaultInFlight, CancellationToken cancellationToken = default) =>
        _parts = new ChunkParts(store, manifest, entityKey, maximumInFlight, cancellationToken);

    public override bool CanRead => !_disposed;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <summary>Reads the whole content.</summary>
    /// <exception cref="ChunkReadException">A part is missing or is not the one that was written.</exception>
    /// <exception cref="NotSupportedException">The content is longer than an array can be.</exception>
    public static async ValueTask<ReadOnlyMemory<byte>> ReadAllAsync(
        IKeyValueStore store, ChunkManifest manifest, StoreKey entityKey, int maximumInFlight = DefaultInFlight, CancellationToken cancellationToken = default)
    {
        using var parts = new ChunkParts(store, manifest, entityKey, maximumInFlight, cancellationToken);
        if (manifest.PartCount <= 1)
        {
            return parts.IsAtEnd ? default : await parts.NextAsync(cancellationToken).ConfigureAwait(false);
        }

        var content = Allocate(manifest);
        for (var rest = content.AsMemory(); !parts.IsAtEnd;)
        {
            var part = await parts.NextAsync(cancellationToken).ConfigureAwait(false);
            part.CopyTo(rest);
            rest = rest[part.Length..];
        }

        return content;
    }

    /// <summary>The whole content out of parts that are at hand.</summary>
    /// <exception cref="ChunkReadException">A part is missing or is not the one that was written.</exception>
    public static ReadOnlyMemory<byte> Join(ChunkManifest manifest, ReadOnlySpan<StoreValue> parts)
    {
        if (parts.Length != manifest.PartCount)
        {
            throw new ChunkReadException(ChunkReadFailure.MissingPart, $"{parts.Length} of {manifest.PartCount} parts of a content have come.");
        }

        var check = new ChunkCheck(manifest);
        if (parts.Length <= 1)
        {
            return parts.IsEmpty ? default : check.Pass(parts[0]);
        }

        var content = Allocate(manifest);
        var rest = content.AsSpan();
        foreach (var part in parts)
        {
            var bytes = check.Pass(part).Span;
            bytes.CopyTo(rest);
            rest = rest[bytes.Length..];
        }

        return content;
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        if (buffer.IsEmpty)
        {
            return 0;
        }

        if (_current.IsEmpty)
        {
            // What was handed out is let go before more is asked for.
            _current = default;
            if (_parts.IsAtEnd)
            {
                return 0;
            }

            _current = await _parts.NextAsync(cancellationToken).ConfigureAwait(false);
        }

        var count = Math.Min(buffer.Length, _current.Length);
        _current[..count].CopyTo(buffer);
        _current = _current[count..];
        return count;
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException("The content comes from a server: read it asynchronously.");

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override void Flush()
    {
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing && !_disposed)
        {
            _disposed = true;
            _current = default;
            _parts.Dispose();
        }

        base.Dispose(disposing);
    }

    private static byte[] Allocate(ChunkManifest manifest) => manifest.Length <= Array.MaxLength
        ? GC.AllocateUninitializedArray<byte>((int)manifest.Length)
        : throw new NotSupportedException($"A content of {manifest.Length} bytes can be read as a stream only.");
}
