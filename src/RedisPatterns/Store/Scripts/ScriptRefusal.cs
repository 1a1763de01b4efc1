namespace RedisPatterns;

/// <summary>Which replies of a script say that it has done nothing, so that it may be tried again.</summary>
/// <param name="Lua">An expression over the reply, <c>REPLY_</c>.</param>
/// <param name="Test">The same in C#.</param>
internal sealed record ScriptRefusal(string Lua, Func<StoreReply, bool> Test);
