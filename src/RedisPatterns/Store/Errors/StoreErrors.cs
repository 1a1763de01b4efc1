using System.Globalization;

namespace RedisPatterns;

/// <summary>Turns the text of a Redis error into the exception of its kind. For stores.</summary>
public static class StoreErrors
{
    private const string FunctionLine = "user_function:";

    /// <summary>The exception for a server's error.</summary>
    /// <param name="error">The server's text, with its code as the first word; it does not get into the message.</param>
    /// <param name="operation">What failed: the name of a command or script.</param>
    /// <param name="innerException">The driver's exception, if there is one.</param>
    /// <returns>The exception, to be thrown or to be kept as an outcome.</returns>
    public static StoreException FromServer(string error, string operation, Exception? innerException = null)
    {
        ArgumentNullException.ThrowIfNull(error);
        var space = error.IndexOf(' ', StringComparison.Ordinal);
        var code = (space < 0 ? error : error[..space]).TrimStart('-');
        return code switch
        {
            "WRONGTYPE" => new WrongTypeException($"{operation}: a key holds another type than the command works on.", innerException),
            "OOM" => new MemoryLimitException($"{operation}: the server is at its memory limit; nothing was written.", innerException),
            "READONLY" => new ReadOnlyServerException($"{operation}: the server takes no writes; nothing was written.", innerException),
            "LOADING" or "BUSY" or "MASTERDOWN" or "CLUSTERDOWN" or "TRYAGAIN" or "MISCONF" or "NOREPLICAS" or "MOVED" or "ASK" =>
                new ServerUnavailableException($"{operation}: the server can not serve now ({code}); nothing was written.", innerException) { Code = code },
            "NOAUTH" or "WRONGPASS" or "NOPERM" or "DENIED" => new AccessDeniedException($"{operation}: the server refused access ({code}).", innerException),
            "CROSSSLOT" => new CrossSlotException($"{operation}: the keys do not share a hash slot.", innerException),
            "BUSYGROUP" => new GroupExistsException($"{operation}: the consumer group exists already.", innerException),
            "NOGROUP" => new NoSuchGroupException($"{operation}: the stream or its consumer group does not exist.", innerException),
            _ => FromText(code, error, operation, innerException),
        };
    }

    private static StoreException FromText(string code, string error, string operation, Exception? inner)
    {
        bool Says(string part) => error.Contains(part, StringComparison.OrdinalIgnoreCase);
        if (Says("would overflow") || Says("NaN or Infinity") || Says("not a number (NaN)"))
        {
            return new NumberOverflowException($"{operation}: the result would leave the range of its number.", inner);
        }

        if (Says("is not an integer") || Says("not a valid float") || Says("is not a float"))
        {
            return new InvalidNumberException($"{operation}: the stored value is not a number of the wanted kind.", inner);
        }

        if (Says("no such key") || Says("requires the key to exist"))
        {
            return new NoSuchKeyException($"{operation}: the key does not exist.", inner);
        }

        if (Says("index out of range"))
        {
            return new ElementIndexException($"{operation}: the index lies outside the list.", inner);
        }

        if (Says("exceeds maximum allowed size"))
        {
            return new ValueTooLargeException($"{operation}: the string would grow beyond what the server allows.", inner);
        }

        if (Says("equal or smaller than the target stream top item") || Says("smaller than the target stream top item")
            || Says("must be greater than 0-0"))
        {
            return new StreamIdException($"{operation}: the id is not greater than the last one of the stream.", inner);
        }

        if (Says("function not found") || Says("library not found"))
        {
            return new NoSuchFunctionException($"{operation}: the server has no such function.", inner);
        }

        if (Says("already exists") && (error.StartsWith("ERR Library ", StringComparison.Ordinal) || error.StartsWith("ERR Function ", StringComparison.Ordinal)))
        {
            return new FunctionLibraryException($"{operation}: the server has a library, or another library's function, of the same name.", inner);
        }

        if (Says("error compiling function") || Says("error registering functions"))
        {
            return new ScriptException($"{operation}: the server can not compile the library.", inner) { Line = LineOf(error) };
        }

        return Says("unknown command") || Says("unknown subcommand")
            ? new UnsupportedCommandException($"{operation}: the server does not know the command.", inner)
            : new ServerErrorException($"{operation}: the server answered with an error ({code}).", inner) { Code = code };
    }

    private static int? LineOf(string error)
    {
        var at = error.IndexOf(FunctionLine, StringComparison.Ordinal);
        var digits = at < 0 ? [] : error.AsSpan(at + FunctionLine.Length);
        var length = digits.IndexOfAnyExceptInRange('0', '9');
        return int.TryParse(length < 0 ? digits : digits[..length], NumberStyles.None, CultureInfo.InvariantCulture, out var line) ? line : null;
    }
}
