using System.Buffers;
using System.Globalization;
using System.Text;

namespace RedisPatterns;

/// <summary>What a script takes: named keys and arguments, in order, each with where it comes from. Names are locals in its Lua.</summary>
/// <remarks>
/// A name is an identifier of Lua: letters, digits and underscores, no digit first, no word of the language, none that Redis
/// or Lua gives a meaning (<c>redis</c>, <c>KEYS</c>, <c>table</c>, …). Not thread-safe; once given to a script it must not change.
/// </remarks>
/// <typeparam name="TArguments">The type that a call's keys and arguments come from.</typeparam>
public sealed class ScriptSignature<TArguments>
{
    // Lua has room for 200 locals in a function; the script needs some for itself.
    private const int MaximumNames = 100;

    private static readonly SearchValues<char> NameCharacters = SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_");

    private static readonly HashSet<string> Reserved =
    [
        "and", "break", "do", "else", "elseif", "end", "false", "for", "function", "goto", "if", "in", "local", "nil", "not", "or", "repeat",
        "return", "then", "true", "until", "while", "KEYS", "ARGV", "redis", "server", "table", "string", "math", "bit", "struct", "cjson", "cmsgpack",
        "tonumber", "tostring", "type", "ipairs", "pairs", "next", "unpack", "error", "select", "pcall", "assert", "_G", "_VERSION",
    ];

    private readonly List<string> _keyNames = [];
    private readonly List<string> _argumentNames = [];
    private readonly List<Func<TArguments, StoreKey>> _keys = [];
    private readonly List<Func<TArguments, StoreValue>> _arguments = [];
    private string? _moreKeysName;
    private string? _moreArgumentsName;
    private Func<TArguments, IReadOnlyList<StoreKey>>? _moreKeys;
    private Func<TArguments, IReadOnlyList<StoreValue>>? _moreArguments;

    /// <summary>The names of the keys, in order; those of <see cref="Keys"/> not among them.</summary>
    public IReadOnlyList<string> KeyNames => _keyNames;

    /// <summary>The names of the arguments, in order; those of <see cref="Arguments"/> not among them.</summary>
    public IReadOnlyList<string> ArgumentNames => _argumentNames;

    /// <summary>Adds a key.</summary>
    /// <param name="name">Its name, a local in the Lua.</param>
    /// <param name="select">Takes it from what a call is given.</param>
    /// <returns>This signature.</returns>
    /// <exception cref="ArgumentException">The name is none, or taken.</exception>
    /// <exception cref="InvalidOperationException">After <see cref="Keys"/> there can be no more.</exception>
    public ScriptSignature<TArguments> Key(string name, Func<TArguments, StoreKey> select)
    {
        ArgumentNullException.ThrowIfNull(select);
        ThrowIfLast(_moreKeysName);
        ThrowIfNoName(name);
        _keyNames.Add(name);
        _keys.Add(select);
        return this;
    }

    /// <summary>Adds an argument. Numbers come to Lua as text: use <c>tonumber</c>.</summary>
    /// <param name="name">Its name, a local in the Lua.</param>
    /// <param name="select">Takes it from what a call is given; must not be null.</param>
    /// <returns>This signature.</returns>
    /// <exception cref="ArgumentException">The name is none, or taken.</exception>
    /// <exception cref="InvalidOperationException">After <see cref="Arguments"/> there can be no more.</exception>
    public ScriptSignature<TArguments> Argument(string name, Func<TArguments, StoreValue> select)
    {
        ArgumentNullException.ThrowIfNull(select);
        ThrowIfLast(_moreArgumentsName);
        ThrowIfNoName(name);
        _argumentNames.Add(name);
        _arguments.Add(select);
        return this;
    }

    /// <summary>Adds any number of keys: all that come after the others. A table in the Lua.</summary>
    /// <param name="name">Its name, a local in the Lua.</param>
    /// <param name="select">Takes them from what a call is given.</param>
    /// <returns>This signature.</returns>
    /// <exception cref="ArgumentException">The name is none, or taken.</exception>
    /// <exception cref="InvalidOperationException">There are such keys already.</exception>
    public ScriptSignature<TArguments> Keys(string name, Func<TArguments, IReadOnlyList<StoreKey>> select)
    {
        ArgumentNullException.ThrowIfNull(select);
        ThrowIfLast(_moreKeysName);
        ThrowIfNoName(name);
        (_moreKeysName, _moreKeys) = (name, select);
        return this;
    }

    /// <summary>Adds any number of arguments: all that come after the others. A table in the Lua.</summary>
    /// <param name="name">Its name, a local in the Lua.</param>
    /// <param name="select">Takes them from what a call is given.</param>
    /// <returns>This signature.</returns>
    /// <exception cref="ArgumentException">The name is none, or taken.</exception>
    /// <exception cref="InvalidOperationException">There are such arguments already.</exception>
    public ScriptSignature<TArguments> Arguments(string name, Func<TArguments, IReadOnlyList<StoreValue>> select)
    {
        ArgumentNullException.ThrowIfNull(select);
        ThrowIfLast(_moreArgumentsName);
        ThrowIfNoName(name);
        (_moreArgumentsName, _moreArguments) = (name, select);
        return this;
    }

    /// <summary>The locals, in one line with the first of the script, so that the lines of its errors are its own.</summary>
    internal string Preamble()
    {
        var lua = new StringBuilder();
        Assign(lua, _keyNames, "KEYS");
        Assign(lua, _argumentNames, "ARGV");
        Collect(lua, _moreKeysName, _keyNames.Count, "KEYS");
        Collect(lua, _moreArgumentsName, _argumentNames.Count, "ARGV");
        return lua.ToString();
    }

    internal StoreKey[] KeysOf(TArguments arguments) => Take(arguments, _keys, _moreKeys?.Invoke(arguments));

    internal StoreValue[] ArgumentsOf(TArguments arguments) => Take(arguments, _arguments, _moreArguments?.Invoke(arguments));

    private static T[] Take<T>(TArguments arguments, List<Func<TArguments, T>> selectors, IReadOnlyList<T>? more)
    {
        var taken = new T[selectors.Count + (more?.Count ?? 0)];
        for (var i = 0; i < taken.Length; i++)
        {
            taken[i] = i < selectors.Count ? selectors[i](arguments) : more![i - selectors.Count];
        }

        return taken;
    }

    private static void Assign(StringBuilder lua, List<string> names, string table)
    {
        if (names.Count > 0)
        {
            lua.Append("local ").AppendJoin(',', names).Append('=').AppendJoin(',', Enumerable.Range(1, names.Count).Select(i => $"{table}[{i}]")).Append(' ');
        }
    }

    private static void Collect(StringBuilder lua, string? name, int count, string table)
    {
        if (name is not null)
        {
            lua.Append(CultureInfo.InvariantCulture, $"local {name}={{}} for i={count + 1},#{table} do {name}[i-{count}]={table}[i] end ");
        }
    }

    private static void ThrowIfLast(string? last)
    {
        if (last is not null)
        {
            throw new InvalidOperationException($"Nothing can come behind {last}, which takes all that are left.");
        }
    }

    private void ThrowIfNoName(string name)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        if (name.AsSpan().ContainsAnyExcept(NameCharacters) || char.IsAsciiDigit(name[0]) || Reserved.Contains(name))
        {
            throw new ArgumentException($"{name} can not be the name of a local in Lua.", nameof(name));
        }

        if (_keyNames.Contains(name) || _argumentNames.Contains(name) || name == _moreKeysName || name == _moreArgumentsName)
        {
            throw new ArgumentException($"{name} is the name of something else in the script already.", nameof(name));
        }

        if (_keyNames.Count + _argumentNames.Count >= MaximumNames)
        {
            throw new ArgumentException($"A script has at most {MaximumNames} names; take Keys or Arguments for many.", nameof(name));
        }
    }
}
