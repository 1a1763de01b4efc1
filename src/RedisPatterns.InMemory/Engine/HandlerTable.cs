using System.Collections.Frozen;

namespace RedisPatterns.InMemory;

/// <summary>The handlers of all commands, by the name of the command.</summary>
internal sealed class HandlerTable
{
    private readonly Dictionary<string, CommandHandler> _handlers = new(StringComparer.Ordinal);

    private HandlerTable()
    {
    }

    /// <summary>All handlers.</summary>
    public static FrozenDictionary<string, CommandHandler> All { get; } = Create();

    /// <summary>Adds a handler. For the families' <c>Register</c>.</summary>
    /// <param name="name">The name as in <see cref="CommandDefinition.Name"/>.</param>
    /// <param name="handler">A static method.</param>
    public void Add(string name, CommandHandler handler) => _handlers.Add(name, handler);

    private static FrozenDictionary<string, CommandHandler> Create()
    {
        var table = new HandlerTable();
        StringHandlers.Register(table);
        KeyHandlers.Register(table);
        HashHandlers.Register(table);
        SetHandlers.Register(table);
        ListHandlers.Register(table);
        SortedSetHandlers.Register(table);
        StreamHandlers.Register(table);
        HyperLogLogHandlers.Register(table);
        BitHandlers.Register(table);
        GeoHandlers.Register(table);
        ChannelHandlers.Register(table);
        return table._handlers.ToFrozenDictionary(StringComparer.Ordinal);
    }
}
