using System.Globalization;
using RedisPatterns.StackExchangeRedis.Conversion;
using StackExchange.Redis;

namespace RedisPatterns.StackExchangeRedis.Scripts;

/// <summary>
/// A call of a function as the driver sends what it has no method for: the name, the keys, the caller's version, the arguments. Texts
/// and small numbers take no new objects.
/// </summary>
internal static class FunctionCall
{
    // The name and the number of keys stand before the keys, the version behind them.
    private const int Before = 2;
    private const int Around = 3;

    public static object[] Of(LibraryFunction function, ScriptCall call)
    {
        var (keys, arguments) = (call.Keys, call.Arguments);
        var result = Begin(function, keys.Length, arguments.Length);

        // The driver finds the server by one key; the others are of the same slot.
        result[Before] = DriverValues.ToKey(keys[0]);
        for (var i = 1; i < keys.Length; i++)
        {
            result[Before + i] = keys[i].TryGetText(out var text) ? text : keys[i].ToArray();
        }

        for (var i = 0; i < arguments.Length; i++)
        {
            result[Around + keys.Length + i] = DriverValues.ToValue(arguments[i]).Box()!;
        }

        return result;
    }

    public static object[] Of(LibraryFunction function, RedisKey[] keys, RedisValue[] arguments)
    {
        var result = Begin(function, keys.Length, arguments.Length);
        for (var i = 0; i < keys.Length; i++)
        {
            result[Before + i] = keys[i];
        }

        for (var i = 0; i < arguments.Length; i++)
        {
            result[Around + keys.Length + i] = arguments[i].Box()!;
        }

        return result;
    }

    private static object[] Begin(LibraryFunction function, int keyCount, int argumentCount)
    {
        var result = new object[Around + keyCount + argumentCount];
        result[0] = function.Name;
        result[1] = Text(keyCount);
        result[Before + keyCount] = Text(function.Library.Version);
        return result;
    }

    // The runtime keeps the texts of small numbers.
    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
