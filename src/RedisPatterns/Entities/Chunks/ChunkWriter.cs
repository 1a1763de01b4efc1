using System.Runtime.ExceptionServices;
using RedisPatterns.Commands;

namespace RedisPatterns;

/// <summary>Writes a content in parts, as a stream: a part is sent when it is full.</summary>
/// <remarks>
/// The parts have keys that no other write has, and expire, until somebody commits the manifest of
/// <see cref="CompleteAsync"/> and takes their expiry away. A writer that is disposed before it is complete deletes what it
/// has sent. Asynchronous writes wait while as many parts as allowed are unanswered, so that memory holds these and one
/// more; synchronous writes never wait, and what can not be sent yet is kept. After an error every call fails with it.
/// Not thread-safe.
/// </remarks>
internal sealed class ChunkWriter : Stream
{
    public const int DefaultInFlight = 4;

    private const int FirstBufferSize = 4_096;

    private readonly IKeyValueStore _store;
    private readonly string _model;
    private readonly string _prefix;
    private readonly string _generation = ChunkManifest.NewGeneration();
    private readonly int _partSize;
    private readonly int _maximumInFlight;
    private readonly long _maximumLength;
    private readonly Expiry _stagedFor;
    private readonly CancellationToken _cancellationToken;

    private readonly Queue<ReadOnlyMemory<byte>> _full = new();
    private readonly Queue<Task> _inFlight = new();
    private byte[] _buffer = [];
    private int _used;
    private long _length;
    private int _sent;
    private Crc32C _checksum;
    private ExceptionDispatchInfo? _failure;
    private bool _completed;
    private bool _disposed;

    /// <param name="store">The store.</param>
    /// <param name="model">The name of the model, for the error.</param>
    /// <param name="entityKey">The key at which the manifest will stand.</param>
    /// <param name="partSize">The length of each part but the last, in bytes; 1 to 512 MiB.</param>
    /// <param name="stagedFor">How long parts live that are not committed; at least a millisecond.</param>
    /// <param name="maximumInFlight">How many parts are unanswered at most; at least 1.</param>
    /// <param name="maximumLength">The greatest length of the content in bytes; 4,096 parts are never exceeded.</param>
    /// <param name="cancellationToken">Gives up the writing as a whole; a single write has a token of its own.</param>
    public ChunkWriter(
        IKeyValueStore store,
        string model,
        StoreKey entityKey,
        int partSize,
        TimeSpan stagedFor,
        int maximumInFlight = DefaultInFlight,
        long maximumLength = long.MaxValue,
        CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(partSize);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(partSize, ChunkManifest.MaximumPartSize);
        ArgumentOutOfRangeException.ThrowIfLessThan(maximumInFlight, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(maximumLength);
        _store = store;
        _model = model;
        _prefix = KeyGrammar.PartPrefix(entityKey.ToString(), _generation);
        _partSize = partSize;
        _stagedFor = Expiry.After(stagedFor);
        _maximumInFlight = maximumInFlight;
        _maximumLength = Math.Min(maximumLength, (long)partSize * ChunkManifest.MaximumPartCount);
        _cancellationToken = cancellationToken;
    }

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => !_disposed && !_completed;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <summary>Sends what is left and waits until every part has arrived.</summary>
    /// <param name="schema">The schema version of the content.</param>
    /// <param name="cancellationToken">Gives up waiting; the writer can not be completed any more then.</param>
    /// <returns>The manifest to be committed; its version is 0.</returns>
    public async ValueTask<ChunkManifest> CompleteAsync(int schema, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(schema);
        ThrowIfUnusable();
        try
        {
            if (_used > 0)
            {
                Seal();
            }

            await SendFullAsync(cancellationToken).ConfigureAwait(false);
            while (_inFlight.Count > 0)
            {
                await AwaitOldestAsync(cancellationToken).ConfigureAwait(false);
            }
        }
        catch (Exception error)
        {
            _failure = ExceptionDispatchInfo.Capture(error);
            throw;
        }

        _completed = true;
        return new ChunkManifest(schema, 0, _length, _partSize, _sent, _checksum.Value, _generation);
    }

    /// <summary>
    /// Deletes the parts, also of a writer that is complete: for a commit that was refused. Where that fails, their expiry
    /// does it. Never to be called when the manifest is, or may have been, committed.
    /// </summary>
    public async ValueTask DiscardAsync()
    {
        _failure ??= ExceptionDispatchInfo.Capture(new InvalidOperationException("The content was discarded."));
        _full.Clear();
        _buffer = [];
        while (_inFlight.TryDequeue(out var part))
        {
            await part.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        if (_sent == 0)
        {
            return;
        }

        var keys = Enumerable.Range(0, _sent).Select(i => (StoreKey)KeyGrammar.Part(_prefix, i)).ToArray();
        _sent = 0;
        try
        {
            await _store.SendAsync(Keys.Unlink(keys), CancellationToken.None).ConfigureAwait(false);
        }
        catch (Exception)
        {
            // The parts expire by themselves, and an error here would hide the one that led here.
        }
    }

    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        Admit(buffer.Length);
        try
        {
            cancellationToken.ThrowIfCancellationRequested();
            while (!buffer.IsEmpty)
            {
                buffer = buffer[Take(buffer.Span)..];
                await SendFullAsync(cancellationToken).ConfigureAwait(false);
            }
        }
        catch (Exception error)
        {
            _failure = ExceptionDispatchInfo.Capture(error);
            throw;
        }
    }

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        Admit(buffer.Length);
        try
        {
            while (!buffer.IsEmpty)
            {
                buffer = buffer[Take(buffer)..];
                ForgetAnswered();
                while (_full.Count > 0 && _inFlight.Count < _maximumInFlight)
                {
                    SendNext();
                }
            }
        }
        catch (Exception error)
        {
            _failure = ExceptionDispatchInfo.Capture(error);
            throw;
        }
    }

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    public override void WriteByte(byte value) => Write([value]);

    /// <summary>Does nothing: a part is sent when it is full or the last one.</summary>
    public override void Flush()
    {
    }

    /// <inheritdoc cref="Flush"/>
    public override Task FlushAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override async ValueTask DisposeAsync()
    {
        if (!_disposed)
        {
            _disposed = true;
            if (!_completed)
            {
                await DiscardAsync().ConfigureAwait(false);
            }
        }

        await base.DisposeAsync().ConfigureAwait(false);
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing && !_disposed)
        {
            _disposed = true;
            if (!_completed)
            {
                // It does not throw, and nobody here can wait for it.
                _ = DiscardAsync().AsTask();
            }
        }

        base.Dispose(disposing);
    }

    private void ThrowIfUnusable()
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        _failure?.Throw();
        if (_completed)
        {
            throw new InvalidOperationException("The content is complete.");
        }
    }

    private void Admit(int count)
    {
        ThrowIfUnusable();
        if (count > _maximumLength - _length)
        {
            _failure = ExceptionDispatchInfo.Capture(new EntityTooLargeException(_model, _maximumLength));
            _failure.Throw();
        }

        _length += count;
    }

    private int Take(ReadOnlySpan<byte> bytes)
    {
        var count = Math.Min(bytes.Length, _partSize - _used);
        if (_buffer.Length < _used + count)
        {
            // The first part grows, for most contents are short; behind a full part comes much more as a rule.
            var size = _sent > 0 ? _partSize : Math.Min(_partSize, Math.Max(Math.Max(_used + count, FirstBufferSize), 2 * _buffer.Length));
            var buffer = GC.AllocateUninitializedArray<byte>(size);
            _buffer.AsSpan(0, _used).CopyTo(buffer);
            _buffer = buffer;
        }

        bytes[..count].CopyTo(_buffer.AsSpan(_used));
        _used += count;
        if (_used == _partSize)
        {
            Seal();
        }

        return count;
    }

    // The buffer belongs to the store from here on, which may keep it: the next part gets another.
    private void Seal()
    {
        _checksum.Append(_buffer.AsSpan(0, _used));
        _full.Enqueue(_buffer.AsMemory(0, _used));
        _buffer = [];
        _used = 0;
    }

    private async ValueTask SendFullAsync(CancellationToken cancellationToken)
    {
        ForgetAnswered();
        while (_full.Count > 0)
        {
            if (_inFlight.Count >= _maximumInFlight)
            {
                await AwaitOldestAsync(cancellationToken).ConfigureAwait(false);
            }

            SendNext();
        }
    }

    private void SendNext() => _inFlight.Enqueue(SendAsync(_sent++, _full.Dequeue()));

    private async Task SendAsync(int number, ReadOnlyMemory<byte> part) =>
        await _store.SendAsync(Strings.Set(KeyGrammar.Part(_prefix, number), part, _stagedFor), _cancellationToken).ConfigureAwait(false);

    private async ValueTask AwaitOldestAsync(CancellationToken cancellationToken)
    {
        await _inFlight.Peek().WaitAsync(cancellationToken).ConfigureAwait(false);
        _ = _inFlight.Dequeue();
    }

    private void ForgetAnswered()
    {
        while (_inFlight.TryPeek(out var oldest) && oldest.IsCompleted)
        {
            if (!oldest.IsCompletedSuccessfully)
            {
                ExceptionDispatchInfo.Throw(oldest.Exception?.InnerException ?? new OperationCanceledException(_cancellationToken));
            }

            _ = _inFlight.Dequeue();
        }
    }
}
