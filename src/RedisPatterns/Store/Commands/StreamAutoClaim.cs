namespace RedisPatterns.Commands;

/// <summary>What <c>XAUTOCLAIM</c> claimed.</summary>
/// <typeparam name="T">An entry, or its id.</typeparam>
/// <param name="Next">Where the next call begins; <see cref="StreamId.Zero"/> when all pending entries have been looked at.</param>
/// <param name="Claimed">What was claimed, in the order of ids.</param>
/// <param name="Deleted">The ids of entries that were pending but are no longer in the stream; they are pending no more.</param>
public sealed record StreamAutoClaim<T>(StreamId Next, IReadOnlyList<T> Claimed, IReadOnlyList<StreamId> Deleted);
