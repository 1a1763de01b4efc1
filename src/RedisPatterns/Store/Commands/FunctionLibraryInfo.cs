namespace RedisPatterns.Commands;

/// <summary>A library of functions that a server holds.</summary>
/// <param name="Name">The name.</param>
/// <param name="Engine">The language, such as <c>LUA</c>.</param>
/// <param name="Functions">Its functions.</param>
/// <param name="Code">The code, or null when it was not asked for.</param>
public sealed record FunctionLibraryInfo(string Name, string Engine, IReadOnlyList<FunctionInfo> Functions, string? Code)
{
    internal static FunctionLibraryInfo Read(StoreReply reply) => new(
        TextOf(Field(reply, "library_name")) ?? throw Replies.Unexpected(reply),
        TextOf(Field(reply, "engine")) ?? "",
        Replies.ToArray(Field(reply, "functions"), FunctionInfo.Read),
        TextOf(Field(reply, "library_code")));

    internal static string? TextOf(StoreReply reply) => Replies.ToValue(reply).AsText();

    internal static StoreReply Field(StoreReply map, string name)
    {
        if (map.Kind != StoreReplyKind.Array)
        {
            throw Replies.Unexpected(map);
        }

        var items = map.Items;
        for (var i = 0; i + 1 < items.Length; i += 2)
        {
            if (items[i].Value == name)
            {
                return items[i + 1];
            }
        }

        return StoreReply.Null;
    }
}
