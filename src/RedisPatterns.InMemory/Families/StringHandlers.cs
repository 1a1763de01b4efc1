namespace RedisPatterns.InMemory;

/// <summary>Strings.</summary>
internal static class StringHandlers
{
    public static void Register(HandlerTable table)
    {
        table.Add("GET", Get);
        table.Add("STRLEN", StrLen);
    }

    private static StoreReply Get(CommandContext context, StoreCommand command) =>
        context.Get<StringData>(command.Key(0)) is { } data ? StoreReply.FromValue(data.Value) : StoreReply.Null;

    private static StoreReply StrLen(CommandContext context, StoreCommand command) =>
        StoreReply.Integer(context.Get<StringData>(command.Key(0))?.Length ?? 0);
}
