namespace RedisPatterns;

/// <summary>Everyday calls on a store: each sends one command of <see cref="Commands"/>.</summary>
public static partial class KeyValueStoreExtensions
{
}
