using RedisPatterns.Commands;

namespace RedisPatterns.InMemory;

/// <summary>An entry of a stream.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Fields">Fields and values in turn.</param>
internal readonly record struct StreamRecord(StreamId Id, StoreValue[] Fields);
