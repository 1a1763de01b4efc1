namespace RedisPatterns;

/// <summary>How the entities of a model lie in the store. A line of the model; what a repository does is the same with each.</summary>
public sealed class EntityLayout
{
    private const int MegaByte = 1 << 20;
    private const int GreatestString = 512 * MegaByte;
    private const int DefaultPartSize = MegaByte / 2;
    private const int LeastPartSize = 1_024;
    private const int GreatestPartSize = 32 * MegaByte;
    private const int GreatestPartCount = 4_096;
    private static readonly TimeSpan DefaultGrace = TimeSpan.FromSeconds(30);

    private EntityLayout(LayoutKind kind, long maximumBytes, int partSize = 0, TimeSpan grace = default)
    {
        Kind = kind;
        MaximumBytes = maximumBytes;
        PartSize = partSize;
        Grace = grace;
    }

    /// <summary>
    /// Each entity is a hash with a field for each top-level member of its JSON. Reads and patches touch only the fields
    /// they name.
    /// </summary>
    public static EntityLayout Hash { get; } = new(LayoutKind.Hash, GreatestString);

    /// <summary>
    /// Each top-level member of an entity's JSON is a key of its own, beside one that lists them. For entities of which
    /// mostly single, large attributes are read.
    /// </summary>
    public static EntityLayout Attributes { get; } = new(LayoutKind.Attributes, GreatestString);

    /// <summary>The greatest length of an entity in bytes, or of one field where fields are kept apart.</summary>
    public long MaximumBytes { get; }

    /// <summary>The length of a part in bytes; 0 in layouts without parts.</summary>
    public int PartSize { get; }

    /// <summary>How long the parts of a replaced value are kept for those who are still reading it.</summary>
    public TimeSpan Grace { get; }

    internal LayoutKind Kind { get; }

    /// <summary>Each entity is one string: plain JSON, or what another format makes of it. The default.</summary>
    /// <param name="maximumBytes">The greatest length; 1 byte to 512 MiB, which is also the default.</param>
    /// <exception cref="ArgumentOutOfRangeException">The length is out of range.</exception>
    public static EntityLayout Document(int maximumBytes = GreatestString)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(maximumBytes, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(maximumBytes, GreatestString);
        return new(LayoutKind.Document, maximumBytes);
    }

    /// <summary>
    /// Each entity is cut into parts, for values of many megabytes: written and read as a stream, and a reader sees the old
    /// value or the new one, never a mix.
    /// </summary>
    /// <param name="partSize">The length of a part in bytes; 1 KiB to 32 MiB, 512 KiB by default. An entity has 4,096 parts at most.</param>
    /// <param name="grace">How long the parts of a replaced value are kept for those who are still reading it; 30 seconds by default.</param>
    /// <exception cref="ArgumentOutOfRangeException">The part size is out of range, or the grace is not at least a millisecond.</exception>
    public static EntityLayout Chunked(int partSize = DefaultPartSize, TimeSpan? grace = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(partSize, LeastPartSize);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(partSize, GreatestPartSize);
        var kept = grace ?? DefaultGrace;
        ArgumentOutOfRangeException.ThrowIfLessThan(kept, TimeSpan.FromMilliseconds(1), nameof(grace));
        return new(LayoutKind.Chunked, (long)partSize * GreatestPartCount, partSize, kept);
    }

    /// <summary>The name of the layout.</summary>
    public override string ToString() => Kind.ToString();
}
