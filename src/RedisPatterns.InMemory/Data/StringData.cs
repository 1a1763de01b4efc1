namespace RedisPatterns.InMemory;

/// <summary>A string of bytes.</summary>
/// <remarks>
/// A value that was set is referred to, not copied. Changes in place happen in a buffer of its own with room to grow; bytes
/// that were handed out in a reply or kept by the journal are never written again.
/// </remarks>
internal sealed class StringData(Journal journal) : DataStructure(journal), ICreatable<StringData>
{
    /// <summary>The greatest length in bytes.</summary>
    public const long MaximumLength = 512L * 1024 * 1024;

    private StoreValue _value = StoreValue.Empty;

    // Not null while the string lies in a buffer of its own: its first _length bytes, of which the first _shared were handed out.
    private byte[]? _buffer;
    private int _length;
    private int _shared;

    /// <summary>A string with a value.</summary>
    public StringData(Journal journal, StoreValue value)
        : this(journal) => _value = value;

    public override DataType Type => DataType.String;

    public override long Count => Length;

    /// <summary>The length in bytes.</summary>
    public int Length => _buffer is null ? _value.GetByteCount() : _length;

    /// <summary>The string, for a reply; stays as it is whatever happens afterwards.</summary>
    public StoreValue Value
    {
        get
        {
            if (_buffer is null)
            {
                return _value;
            }

            _shared = _length;
            return new ReadOnlyMemory<byte>(_buffer, 0, _length);
        }
    }

    /// <summary>The bytes, to be looked at before the next change only.</summary>
    public ReadOnlySpan<byte> Bytes
    {
        get
        {
            if (_buffer is not null)
            {
                return _buffer.AsSpan(0, _length);
            }

            var memory = _value.AsMemory();
            _value = memory;
            return memory.Span;
        }
    }

    public static StringData Create(Journal journal) => new(journal);

    /// <summary>Replaces the string.</summary>
    public void Set(StoreValue value)
    {
        RecordBefore();
        SetSilently(value);
    }

    /// <summary>Appends to the string.</summary>
    public void Append(ReadOnlySpan<byte> bytes)
    {
        RecordBefore();
        var length = Length;
        Own(length, length + bytes.Length);
        bytes.CopyTo(_buffer.AsSpan(length));
        _length = length + bytes.Length;
    }

    /// <summary>The bytes to be changed in place, lengthened by zeros where there are fewer.</summary>
    /// <param name="leastLength">The length that the string has at least afterwards.</param>
    public Span<byte> GetWritable(int leastLength)
    {
        RecordBefore();
        var length = Length;
        Own(0, Math.Max(length, leastLength));
        if (leastLength > length)
        {
            _buffer.AsSpan(length, leastLength - length).Clear();
            _length = leastLength;
        }

        return _buffer.AsSpan(0, _length);
    }

    public override DataStructure Clone() => new StringData(Journal, Value);

    private void SetSilently(StoreValue value)
    {
        _value = value;
        _buffer = null;
        _length = _shared = 0;
    }

    // Makes the bytes from an index on the string's own, in a buffer of at least some capacity.
    private void Own(int from, int capacity)
    {
        if (_buffer is not null && _shared <= from && _buffer.Length >= capacity)
        {
            return;
        }

        var grows = capacity > Length;
        var buffer = new byte[grows ? (int)Math.Min(capacity + Math.Min(capacity, 1024L * 1024), MaximumLength) : capacity];
        var bytes = Bytes;
        bytes.CopyTo(buffer);
        _length = bytes.Length;
        _buffer = buffer;
        _shared = 0;
        _value = default;
    }

    // Taking the value shares the buffer's bytes, so what follows does not overwrite them.
    private void RecordBefore()
    {
        if (Journal.IsActive)
        {
            Journal.Record(new(static step => ((StringData)step.Target).SetSilently(step.Value), this, Value: Value));
        }
    }
}
