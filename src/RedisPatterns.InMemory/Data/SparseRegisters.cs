namespace RedisPatterns.InMemory;

/// <summary>Registers as runs: <c>ZERO</c> 00llllll, <c>XZERO</c> 01llllll llllllll, <c>VAL</c> 1vvvvvll; a length or value is stored less one.</summary>
internal static class SparseRegisters
{
    /// <summary>The greatest value that a run can have.</summary>
    public const int MaximumValue = 32;

    private const int MaximumValueLength = 4;
    private const int MaximumZeroLength = 64;

    /// <summary>Writes a run of zeros.</summary>
    /// <returns>How many bytes it takes.</returns>
    public static int WriteZeros(Span<byte> target, int length)
    {
        length--;
        if (length < MaximumZeroLength)
        {
            target[0] = (byte)length;
            return 1;
        }

        target[0] = (byte)(0x40 | (length >> 8));
        target[1] = (byte)length;
        return 2;
    }

    /// <summary>Raises registers, one byte each, to these.</summary>
    /// <returns>False when the runs do not make up all registers.</returns>
    public static bool TryMergeInto(Span<byte> registers, ReadOnlySpan<byte> runs)
    {
        var register = 0;
        for (var at = 0; at < runs.Length;)
        {
            var run = Read(runs, at);
            if (register + run.Length > HyperLogLog.Registers)
            {
                return false;
            }

            if (run.Value > 0)
            {
                foreach (ref var target in registers.Slice(register, run.Length))
                {
                    target = Math.Max(target, run.Value);
                }
            }

            register += run.Length;
            at += run.Size;
        }

        return register == HyperLogLog.Registers;
    }

    /// <summary>Raises a register of runs that lie in a buffer, behind a HyperLogLog's header.</summary>
    /// <param name="buffer">The buffer, with room for three bytes more.</param>
    /// <param name="end">The end of the runs, moved when they grow or shrink.</param>
    /// <param name="limit">The end that they may not grow beyond.</param>
    /// <param name="index">The register.</param>
    /// <param name="value">The value; at most <see cref="MaximumValue"/>.</param>
    public static SparseOutcome Raise(Span<byte> buffer, ref int end, int limit, int index, byte value)
    {
        var (at, first, previous) = (HyperLogLog.HeaderLength, 0, -1);
        Run run = default;
        while (at < end && index >= first + (run = Read(buffer, at)).Length)
        {
            previous = at;
            at += run.Size;
            first += run.Length;
        }

        if (at + run.Size > end || run.Size == 0)
        {
            return SparseOutcome.Malformed;
        }

        if (run.Value >= value)
        {
            return SparseOutcome.Unchanged;
        }

        if (run is { Size: 1, Length: 1 })
        {
            buffer[at] = ValueRun(value, 1);
        }
        else
        {
            Span<byte> split = stackalloc byte[5];
            var size = Split(split, run, index - first, value);
            var growth = size - run.Size;
            if (growth > 0 && end + growth > limit)
            {
                return SparseOutcome.NoRoom;
            }

            buffer[(at + run.Size)..end].CopyTo(buffer[(at + size)..]);
            split[..size].CopyTo(buffer[at..]);
            end += growth;
        }

        MergeNeighbours(buffer, ref end, previous < 0 ? HyperLogLog.HeaderLength : previous);
        return SparseOutcome.Raised;
    }

    private static int Split(Span<byte> target, Run run, int before, byte value)
    {
        var (size, behind) = (0, run.Length - before - 1);
        if (before > 0)
        {
            size += Write(target, run.Value, before);
        }

        target[size++] = ValueRun(value, 1);
        return behind > 0 ? size + Write(target[size..], run.Value, behind) : size;
    }

    // Looks at five runs, as Redis does, so that the bytes come out the same.
    private static void MergeNeighbours(Span<byte> buffer, ref int end, int at)
    {
        for (var looks = 5; at < end && looks > 0; looks--)
        {
            var run = Read(buffer, at);
            if (run.Value > 0 && at + 1 < end && Read(buffer, at + 1) is var next && next.Value == run.Value
                && run.Length + next.Length <= MaximumValueLength)
            {
                buffer[at + 1] = ValueRun(run.Value, run.Length + next.Length);
                buffer[(at + 1)..end].CopyTo(buffer[at..]);
                end--;
            }
            else
            {
                at += run.Size;
            }
        }
    }

    private static int Write(Span<byte> target, byte value, int length)
    {
        if (value == 0)
        {
            return WriteZeros(target, length);
        }

        target[0] = ValueRun(value, length);
        return 1;
    }

    private static byte ValueRun(byte value, int length) => (byte)(0x80 | ((value - 1) << 2) | (length - 1));

    private static Run Read(ReadOnlySpan<byte> runs, int at)
    {
        var code = runs[at];
        if ((code & 0x80) != 0)
        {
            return new((byte)(((code >> 2) & 31) + 1), (code & 3) + 1, 1);
        }

        var low = at + 1 < runs.Length ? runs[at + 1] : 0;
        return (code & 0x40) == 0 ? new(0, code + 1, 1) : new(0, (((code & 0x3f) << 8) | low) + 1, 2);
    }

    private readonly record struct Run(byte Value, int Length, int Size);
}
