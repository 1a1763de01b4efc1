using System.Globalization;
using StackExchange.Redis;

namespace RedisPatterns.StackExchangeRedis.Connection;

/// <summary>Turns what the driver throws into what a store throws.</summary>
internal static class DriverErrors
{
    private const string GarnetPrefix = "ERR Lua encountered an error: ";
    private const string FunctionLine = "user_function:";
    private static readonly string[] LineMarks = ["user_script:", FunctionLine, "\"]:"];

    /// <summary>Whether an exception is to be translated; the caller's own cancellation is not.</summary>
    public static bool IsDriver(Exception exception, CancellationToken cancellationToken) =>
        exception is RedisException or RedisCommandException or RedisTimeoutException or ObjectDisposedException
        || (exception is OperationCanceledException && !cancellationToken.IsCancellationRequested);

    /// <summary>The store's exception for the driver's.</summary>
    /// <param name="exception">What the driver threw.</param>
    /// <param name="operation">What failed.</param>
    public static StoreException Translate(Exception exception, string operation) => exception switch
    {
        RedisServerException server => StoreErrors.FromServer(ServerText(server), operation, server),
        RedisTimeoutException => new StoreTimeoutException($"{operation}: no answer came in time; whether it took effect is unknown.", exception),
        RedisCommandException => FromRefusal(exception, operation),
        ObjectDisposedException => new StoreConnectionException($"{operation}: the connection has been disposed.", exception),
        RedisConnectionException { InnerException: RedisCommandException refusal } => FromRefusal(refusal, operation),
        _ => new StoreConnectionException($"{operation}: the connection to the server failed; whether it took effect is unknown.", exception),
    };

    /// <summary>The store's exception for what the driver threw when a connection was opened: nothing has been sent then.</summary>
    /// <param name="exception">What the driver threw.</param>
    public static StoreException TranslateConnecting(Exception exception) => exception switch
    {
        RedisConnectionException { FailureType: ConnectionFailureType.AuthenticationFailure } =>
            new AccessDeniedException("Connecting: the server refused the user or the password.", exception),
        RedisConnectionException or RedisTimeoutException or OperationCanceledException =>
            new StoreConnectionException("Connecting: the server can not be reached.", exception),
        _ => Translate(exception, "Connecting"),
    };

    /// <summary>The store's exception for one that a script failed with.</summary>
    /// <param name="exception">What the driver threw.</param>
    /// <param name="script">The script.</param>
    public static StoreException TranslateScript(Exception exception, AtomicScript script)
    {
        var line = exception is RedisServerException server ? LineOf(server.Message, script) : null;
        var translated = Translate(exception, line is null ? script.Name : $"{script}, line {line}");
        return translated is ServerErrorException
            ? new ScriptException($"The {(script.Function is null ? "script" : "function")} {script} failed on the server{(line is null ? "" : $" at line {line}")}.", exception) { Line = line }
            : translated;
    }

    /// <summary>The server's error, freed of what Garnet puts before the errors of scripts.</summary>
    public static string ServerText(RedisServerException exception) => exception.Message.StartsWith(GarnetPrefix, StringComparison.Ordinal)
        ? exception.Message[GarnetPrefix.Length..]
        : exception.Message;

    // A function's is told as the line of its library.
    private static int? LineOf(string text, AtomicScript script) =>
        LineOf(text) is { } line && script.Function is { } function && text.Contains(FunctionLine, StringComparison.Ordinal) ? function.LineOf(line) : LineOf(text);

    // Redis tells it as user_script:3 or user_function:3, Garnet as [string "..."]:3.
    private static int? LineOf(string text)
    {
        foreach (var mark in LineMarks)
        {
            var at = text.IndexOf(mark, StringComparison.Ordinal);
            var digits = at < 0 ? [] : text.AsSpan(at + mark.Length);
            var length = digits.IndexOfAnyExceptInRange('0', '9');
            if (int.TryParse(length < 0 ? digits : digits[..length], NumberStyles.None, CultureInfo.InvariantCulture, out var line))
            {
                return line;
            }
        }

        return null;
    }

    // What the driver itself refuses to send: its texts are the only way to tell why.
    private static StoreException FromRefusal(Exception exception, string operation)
    {
        bool Says(string part) => exception.Message.Contains(part, StringComparison.OrdinalIgnoreCase);
        if (Says("single slot"))
        {
            return new CrossSlotException($"{operation}: the keys do not share a hash slot; give them one hash tag, such as {{shop}}.", exception);
        }

        return Says("replica")
            ? new ReadOnlyServerException($"{operation}: the server takes no writes; nothing was written.", exception)
            : new UnsupportedCommandException($"{operation}: the driver does not send this command.", exception);
    }
}
