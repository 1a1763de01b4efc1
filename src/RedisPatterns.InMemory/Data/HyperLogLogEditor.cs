namespace RedisPatterns.InMemory;

/// <summary>Raises registers of a HyperLogLog: of a dense one in place, of a sparse one in a copy that is stored at the end.</summary>
internal ref struct HyperLogLogEditor
{
    // Redis's default of hll-sparse-max-bytes, the header included. A run may need three bytes more while it is split.
    private const int SparseLimit = 3000;
    private const int SplitRoom = 3;

    private readonly StringData? _data;
    private byte[]? _sparse;
    private int _sparseEnd;
    private byte[]? _converted;
    private Span<byte> _dense;

    /// <summary>Edits one.</summary>
    /// <param name="data">What the key holds; null makes a new one.</param>
    public HyperLogLogEditor(StringData? data)
    {
        _data = data;
        ReadOnlySpan<byte> image = data is null ? HyperLogLog.CreateEmpty() : data.Bytes;
        if (!HyperLogLog.IsDense(image))
        {
            _sparse = new byte[image.Length + (8 * SplitRoom)];
            _sparseEnd = image.Length;
            image.CopyTo(_sparse);
        }
    }

    /// <summary>Raises a register.</summary>
    /// <returns>Whether it was raised; null when the HyperLogLog is malformed.</returns>
    public bool? Raise(int register, byte value)
    {
        if (_sparse is not null)
        {
            switch (RaiseSparse(register, value))
            {
                case SparseOutcome.Unchanged:
                    return false;
                case SparseOutcome.Raised:
                    return true;
                case SparseOutcome.Malformed:
                    return null;
                default:
                    if (!TryMakeDense())
                    {
                        return null;
                    }

                    break;
            }
        }

        var image = _dense.IsEmpty ? _data!.Bytes : _dense;
        if (DenseRegisters.Get(image[HyperLogLog.HeaderLength..], register) >= value)
        {
            return false;
        }

        DenseRegisters.Set(Writable()[HyperLogLog.HeaderLength..], register, value);
        return true;
    }

    /// <summary>Changes to the dense form.</summary>
    /// <returns>False when the sparse form is malformed.</returns>
    public bool TryMakeDense()
    {
        if (_sparse is not null)
        {
            _converted = HyperLogLog.ToDense(_sparse.AsSpan(0, _sparseEnd));
            if (_converted is null)
            {
                return false;
            }

            _dense = _converted;
            _sparse = null;
        }

        return true;
    }

    /// <summary>Stores what was changed, with the cached estimate marked as outdated.</summary>
    public void Store(Database database, StoreKey key)
    {
        HyperLogLog.ForgetCached(_sparse ?? Writable());
        if (_sparse is null && _converted is null)
        {
            return;
        }

        var image = _sparse is null ? _converted : _sparse.AsMemory(0, _sparseEnd);
        if (_data is null)
        {
            database.Put(key, new StringData(database.Journal, (ReadOnlyMemory<byte>)image));
        }
        else
        {
            _data.Set((ReadOnlyMemory<byte>)image);
        }
    }

    private SparseOutcome RaiseSparse(int register, byte value)
    {
        if (value > SparseRegisters.MaximumValue)
        {
            return SparseOutcome.NoRoom;
        }

        if (_sparse!.Length < _sparseEnd + SplitRoom)
        {
            Array.Resize(ref _sparse, 2 * _sparse.Length);
        }

        return SparseRegisters.Raise(_sparse, ref _sparseEnd, SparseLimit, register, value);
    }

    private Span<byte> Writable()
    {
        if (_dense.IsEmpty)
        {
            _dense = _data!.GetWritable(0);
        }

        return _dense;
    }
}
