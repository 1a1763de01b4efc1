namespace RedisPatterns;

/// <summary>Bytes that are to be appended to an open bucket.</summary>
/// <param name="Open">The bucket.</param>
/// <param name="Bytes">The bytes.</param>
internal readonly record struct BucketAppend(OpenBucket Open, byte[] Bytes)
{
    /// <summary>How many bytes a bucket grows by between two looks at whether it is worth sealing.</summary>
    public const int Stretch = 16 * 1024;

    private const int PartsOfLongOnes = 16;

    /// <summary>Whether the bucket was gone: nothing but these bytes is there, and nobody knows of them.</summary>
    /// <param name="length">How long the bucket is then.</param>
    public bool IsFirst(long length) => length == Bytes.Length;

    /// <summary>Whether the bucket has grown past a mark where it is sealed: each 16 KiB, and of long ones each eighth at most.</summary>
    /// <param name="length">How long the bucket is then.</param>
    public bool IsWorthSealing(long length)
    {
        var stretch = Math.Max(Stretch, (long)System.Numerics.BitOperations.RoundUpToPowerOf2((ulong)length) / PartsOfLongOnes);
        return length / stretch != (length - Bytes.Length) / stretch;
    }
}
