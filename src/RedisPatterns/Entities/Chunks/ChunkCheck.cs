namespace RedisPatterns;

/// <summary>Checks the parts of a content against its manifest, one after another; the last only passes when the checksum agrees.</summary>
internal sealed class ChunkCheck(ChunkManifest manifest)
{
    private Crc32C _checksum;

    /// <summary>The number of parts that have passed.</summary>
    public int Passed { get; private set; }

    /// <summary>Lets the next part pass. A part that is refused leaves everything as it was.</summary>
    /// <exception cref="ChunkReadException">The part is missing or is not the one that was written.</exception>
    public ReadOnlyMemory<byte> Pass(StoreValue part)
    {
        if (part.IsNull)
        {
            throw new ChunkReadException(ChunkReadFailure.MissingPart, $"Part {Passed} of {manifest.PartCount} of a content is missing.");
        }

        var bytes = part.AsMemory();
        if (bytes.Length != manifest.GetPartLength(Passed))
        {
            throw new ChunkReadException(
                ChunkReadFailure.Corrupt,
                $"Part {Passed} of {manifest.PartCount} of a content has {bytes.Length} bytes and not {manifest.GetPartLength(Passed)}.");
        }

        var checksum = _checksum;
        checksum.Append(bytes.Span);
        if (Passed == manifest.PartCount - 1 && checksum.Value != manifest.Checksum)
        {
            throw new ChunkReadException(ChunkReadFailure.Corrupt, $"The checksum of a content of {manifest.PartCount} parts does not agree with its manifest.");
        }

        _checksum = checksum;
        Passed++;
        return bytes;
    }
}
