namespace RedisPatterns;

/// <summary>An entity that a read of many could not read.</summary>
/// <param name="Id">Its id, as text.</param>
/// <param name="Error">Why: <see cref="EntityFormatException"/>, <see cref="SchemaVersionException"/> or <see cref="SchemaUpgradeException"/>.</param>
public readonly record struct UnreadableEntity(string Id, EntityException Error);
