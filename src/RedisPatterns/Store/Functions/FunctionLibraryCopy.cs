namespace RedisPatterns;

/// <summary>What one server holds of a library.</summary>
/// <param name="Server">The server's name: its address.</param>
/// <param name="Version">The version; null when the library is not a <see cref="FunctionLibrary"/>.</param>
/// <param name="Digest">The <see cref="FunctionLibrary.Digest"/>; null when the library is not a <see cref="FunctionLibrary"/>.</param>
/// <param name="Functions">The names of its functions, in order.</param>
public sealed record FunctionLibraryCopy(string Server, int? Version, string? Digest, IReadOnlyList<string> Functions);
