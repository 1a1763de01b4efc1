namespace RedisPatterns;

/// <summary>A named region of a store whose keys share one hash tag: the unit of atomicity, of tenancy and of cluster placement.</summary>
public sealed class Keyspace
{
}
