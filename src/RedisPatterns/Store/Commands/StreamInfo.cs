namespace RedisPatterns.Commands;

/// <summary>A stream's state.</summary>
/// <param name="Length">The number of entries.</param>
/// <param name="LastId">The id of the last entry that was added, whether or not it is still there.</param>
/// <param name="MaxDeletedId">The greatest id that was deleted; <see cref="StreamId.Zero"/> for none.</param>
/// <param name="EntriesAdded">How many entries were ever added.</param>
/// <param name="GroupCount">The number of consumer groups.</param>
/// <param name="First">The first entry, or null when there is none.</param>
/// <param name="Last">The last entry, or null when there is none.</param>
public sealed record StreamInfo(long Length, StreamId LastId, StreamId MaxDeletedId, long EntriesAdded, long GroupCount, StreamEntry? First, StreamEntry? Last);
