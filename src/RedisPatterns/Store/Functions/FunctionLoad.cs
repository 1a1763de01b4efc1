namespace RedisPatterns;

/// <summary>What loading a library did on one server.</summary>
/// <param name="Server">The server's name: its address, or the kind of store where there is none.</param>
/// <param name="Outcome">What was done.</param>
/// <param name="VersionBefore">The version that the server had; null when it had none.</param>
public sealed record FunctionLoad(string Server, FunctionLoadOutcome Outcome, int? VersionBefore);
