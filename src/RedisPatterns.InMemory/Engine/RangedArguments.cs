namespace RedisPatterns.InMemory;

/// <summary>Reads integers that must lie in a range, with the errors of a Redis server.</summary>
internal static class RangedArguments
{
    /// <summary>An integer in a range; anything else gives one and the same error.</summary>
    /// <param name="command">The command.</param>
    /// <param name="index">The argument.</param>
    /// <param name="least">The least number allowed.</param>
    /// <param name="error">The server's text, without its code.</param>
    public static long Int64AtLeast(this StoreCommand command, int index, long least, string error) =>
        command.Value(index).TryGetInt64(out var number) && number >= least
            ? number
            : throw StoreErrors.FromServer("ERR " + error, command.Definition.Name);

    /// <summary>A count: 0 or more.</summary>
    public static long CountAt(this StoreCommand command, int index) => command.Int64AtLeast(index, 0, "value is out of range, must be positive");

    /// <summary>An integer that can be negated.</summary>
    public static long SignedCountAt(this StoreCommand command, int index) => command.Int64(index) is var number && number != long.MinValue
        ? number
        : throw StoreErrors.FromServer("ERR value is out of range", command.Definition.Name);
}
