namespace RedisPatterns.TestServers;

/// <summary>The server answered with an error; the message is the server's.</summary>
public sealed class RespErrorException(string message) : Exception(message);
