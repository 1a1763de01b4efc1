namespace RedisPatterns;

/// <summary>What a script does, in C#. It runs alone, and what it wrote is undone when it throws.</summary>
/// <param name="context">Its keys, arguments and commands.</param>
/// <returns>What the Lua would return.</returns>
public delegate StoreReply ScriptTwin(IScriptContext context);
