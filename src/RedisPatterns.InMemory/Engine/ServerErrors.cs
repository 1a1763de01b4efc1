namespace RedisPatterns.InMemory;

/// <summary>The errors of a Redis server by their texts, as the exceptions that every store throws for them.</summary>
internal static class ServerErrors
{
    public static StoreException WrongType(string command) => StoreErrors.FromServer("WRONGTYPE Operation against a key holding the wrong kind of value", command);

    public static StoreException NotAnInteger(string command) => StoreErrors.FromServer("ERR value is not an integer or out of range", command);

    public static StoreException NotAFloat(string command) => StoreErrors.FromServer("ERR value is not a valid float", command);

    public static StoreException Syntax(string command) => StoreErrors.FromServer("ERR syntax error", command);

    public static StoreException ArgumentCount(string command) => StoreErrors.FromServer("ERR wrong number of arguments", command);

    public static StoreException NoSuchKey(string command) => StoreErrors.FromServer("ERR no such key", command);

    public static StoreException IncrementOverflow(string command) => StoreErrors.FromServer("ERR increment or decrement would overflow", command);

    public static StoreException NotFinite(string command) => StoreErrors.FromServer("ERR increment would produce NaN or Infinity", command);

    public static StoreException InvalidExpire(string command) => StoreErrors.FromServer("ERR invalid expire time", command);

    public static StoreException TooLarge(string command) => StoreErrors.FromServer("ERR string exceeds maximum allowed size (proto-max-bulk-len)", command);

    public static StoreException InvalidCursor(string command) => StoreErrors.FromServer("ERR invalid cursor", command);
}
