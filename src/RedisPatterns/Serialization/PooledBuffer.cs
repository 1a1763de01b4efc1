using System.Buffers;
using System.Diagnostics.CodeAnalysis;

namespace RedisPatterns;

/// <summary>
/// A buffer that grows, from the pool. Each thread keeps one, so that renting costs nothing as a rule. What was written is
/// gone with <see cref="Dispose"/>; dispose once, and do not hold spans of it across a write.
/// </summary>
internal sealed class PooledBuffer : IBufferWriter<byte>, IDisposable
{
    private const int FirstSize = 1024;
    private const int LargestKept = 64 * 1024;

    [ThreadStatic]
    private static PooledBuffer? _kept;

    private byte[] _bytes = ArrayPool<byte>.Shared.Rent(FirstSize);

    private PooledBuffer()
    {
    }

    public int Count { get; private set; }

    public ReadOnlySpan<byte> WrittenSpan => _bytes.AsSpan(0, Count);

    public ReadOnlyMemory<byte> WrittenMemory => _bytes.AsMemory(0, Count);

    /// <summary>An empty buffer.</summary>
    public static PooledBuffer Rent()
    {
        if (_kept is not { } buffer)
        {
            return new PooledBuffer();
        }

        _kept = null;
        return buffer;
    }

    public void Clear() => Count = 0;

    public void Advance(int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, _bytes.Length - Count);
        Count += count;
    }

    public Span<byte> GetSpan(int sizeHint = 0)
    {
        Reserve(sizeHint);
        return _bytes.AsSpan(Count);
    }

    public Memory<byte> GetMemory(int sizeHint = 0)
    {
        Reserve(sizeHint);
        return _bytes.AsMemory(Count);
    }

    public void Write(ReadOnlySpan<byte> bytes)
    {
        Reserve(bytes.Length);
        bytes.CopyTo(_bytes.AsSpan(Count));
        Count += bytes.Length;
    }

    public void Write(byte value)
    {
        Reserve(1);
        _bytes[Count++] = value;
    }

    /// <summary>Appends the rest of a stream.</summary>
    public async ValueTask ReadToEndAsync(Stream stream, CancellationToken cancellationToken)
    {
        int read;
        while ((read = await stream.ReadAsync(GetMemory(FirstSize), cancellationToken).ConfigureAwait(false)) > 0)
        {
            Advance(read);
        }
    }

    /// <summary>A copy of what was written.</summary>
    public byte[] ToArray() => WrittenSpan.ToArray();

    [SuppressMessage("Usage", "CA1816", Justification = "There is no finalizer.")]
    public void Dispose()
    {
        Count = 0;
        if (_kept is null && _bytes.Length is > 0 and <= LargestKept)
        {
            _kept = this;
            return;
        }

        ArrayPool<byte>.Shared.Return(_bytes);
        _bytes = [];
    }

    private void Reserve(int size)
    {
        if (_bytes.Length - Count < Math.Max(size, 1))
        {
            Grow(size);
        }
    }

    private void Grow(int size)
    {
        var wanted = Math.Max((long)Count + size, Math.Min(2L * _bytes.Length, Array.MaxLength));
        var larger = ArrayPool<byte>.Shared.Rent(checked((int)Math.Max(wanted, FirstSize)));
        WrittenSpan.CopyTo(larger);
        ArrayPool<byte>.Shared.Return(_bytes);
        _bytes = larger;
    }
}
