namespace RedisPatterns;

/// <summary>What is stored of an entity: its document and what stands beside it.</summary>
/// <param name="Schema">The version of the document's schema.</param>
/// <param name="Body">The document: JSON without header, or what another format wrote.</param>
/// <param name="Version">The entity's version, where it stands beside the document; else 0.</param>
/// <param name="Digest">Tells whether it is still the same, as <see cref="EntityState"/> says.</param>
internal sealed record StoredEntity(int Schema, ReadOnlyMemory<byte> Body, long Version, string Digest)
{
    /// <summary>The names of the attributes that are keys of their own.</summary>
    public IReadOnlyList<string> Attributes { get; init; } = [];
}
