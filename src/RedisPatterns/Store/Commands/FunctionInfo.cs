namespace RedisPatterns.Commands;

/// <summary>A function that a server holds.</summary>
/// <param name="Name">The name.</param>
/// <param name="Description">What its library says of it, or null.</param>
/// <param name="Flags">Its flags, such as <c>no-writes</c>.</param>
public sealed record FunctionInfo(string Name, string? Description, IReadOnlyList<string> Flags)
{
    internal static FunctionInfo Read(StoreReply reply) => new(
        FunctionLibraryInfo.TextOf(FunctionLibraryInfo.Field(reply, "name")) ?? "",
        FunctionLibraryInfo.TextOf(FunctionLibraryInfo.Field(reply, "description")),
        Replies.ToArray(FunctionLibraryInfo.Field(reply, "flags"), static flag => FunctionLibraryInfo.TextOf(flag) ?? ""));
}
