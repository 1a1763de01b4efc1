namespace RedisPatterns;

/// <summary>What a script with named keys and arguments does, in C#. It runs alone, and what it wrote is undone when it throws.</summary>
/// <param name="context">Its keys and arguments by name, and its commands.</param>
/// <returns>What the Lua would return.</returns>
public delegate StoreReply NamedScriptTwin(NamedScriptContext context);
