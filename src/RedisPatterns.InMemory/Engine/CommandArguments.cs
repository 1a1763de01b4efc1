namespace RedisPatterns.InMemory;

/// <summary>Reads a command's arguments as a Redis server does.</summary>
internal static class CommandArguments
{
    /// <summary>The key that an argument names.</summary>
    public static StoreKey Key(this StoreCommand command, int index)
    {
        var argument = command.Argument(index);
        return argument.IsKey ? argument.AsKey() : argument.ToArray()!;
    }

    /// <summary>An argument to be stored: as it is sent, so that a double is text.</summary>
    public static StoreValue Value(this StoreCommand command, int index)
    {
        var argument = command.Argument(index);
        return argument.IsDouble ? argument.AsText() : argument;
    }

    /// <summary>An integer.</summary>
    /// <exception cref="StoreException">It is none.</exception>
    public static long Int64(this StoreCommand command, int index)
    {
        var argument = command.Value(index);
        return argument.TryGetInt64(out var number) ? number : throw ServerErrors.NotAnInteger(command.Definition.Name);
    }

    /// <summary>A double: infinite is one, NaN and what exceeds the range is none.</summary>
    /// <exception cref="StoreException">It is none.</exception>
    public static double Double(this StoreCommand command, int index) =>
        TryReadDouble(command.Argument(index), out var number) ? number : throw ServerErrors.NotAFloat(command.Definition.Name);

    /// <summary>Whether an argument is a word, in capitals or not.</summary>
    public static bool IsWord(this StoreCommand command, int index, string word)
    {
        var argument = command.Argument(index);
        return !argument.IsInteger && !argument.IsDouble && argument.GetByteCount() == word.Length
            && argument.AsText()!.Equals(word, StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>Refuses a command that has not so many arguments.</summary>
    public static void RequireCount(this StoreCommand command, int least, int most = int.MaxValue)
    {
        if (command.ArgumentCount < least || command.ArgumentCount > most)
        {
            throw ServerErrors.ArgumentCount(command.Definition.Name);
        }
    }

    /// <summary>Makes indexes that may count from the end a range of a sequence, as LRANGE, GETRANGE and ZRANGE do.</summary>
    /// <returns>False when the range is empty.</returns>
    public static bool TryGetRange(long start, long stop, long length, out int first, out int count)
    {
        start = start < 0 ? Math.Max(start + length, 0) : start;
        stop = stop < 0 ? stop + length : Math.Min(stop, length - 1);
        var exists = start <= stop && start < length && stop >= 0;
        first = exists ? (int)start : 0;
        count = exists ? (int)(stop - start + 1) : 0;
        return exists;
    }

    /// <summary>Reads a double as strtod does for Redis.</summary>
    public static bool TryReadDouble(StoreValue value, out double number)
    {
        if (!value.TryGetDouble(out number))
        {
            return false;
        }

        if (value.IsInteger || value.IsDouble || (double.IsFinite(number) && number != 0))
        {
            return true;
        }

        // Out of the range of a double, above or below: an error, unlike a written infinity or zero.
        var text = value.AsText()!;
        return double.IsInfinity(number) ? !text.AsSpan().ContainsAnyInRange('0', '9') : !HasDigitOtherThanZero(text);
    }

    private static bool HasDigitOtherThanZero(string text)
    {
        var end = text.AsSpan().IndexOfAny('e', 'E');
        return (end < 0 ? text.AsSpan() : text.AsSpan(0, end)).ContainsAnyInRange('1', '9');
    }

    // The indexer checks the range and throws for the caller; a server says "wrong number of arguments".
    private static StoreValue Argument(this StoreCommand command, int index) =>
        index < command.ArgumentCount ? command[index] : throw ServerErrors.Syntax(command.Definition.Name);
}
