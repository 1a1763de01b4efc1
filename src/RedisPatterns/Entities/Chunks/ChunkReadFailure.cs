namespace RedisPatterns;

/// <summary>Why a content that is kept in parts can not be read.</summary>
internal enum ChunkReadFailure
{
    /// <summary>What stands at the entity's key is not a manifest of the known format.</summary>
    NotAManifest,

    /// <summary>A part is not there: the content was replaced or deleted after its manifest was read, or the part was lost.</summary>
    MissingPart,

    /// <summary>A part has another length than the manifest says or is no string, or the checksum is another.</summary>
    Corrupt,
}
