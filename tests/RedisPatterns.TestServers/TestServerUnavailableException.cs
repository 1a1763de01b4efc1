namespace RedisPatterns.TestServers;

/// <summary>A server of the kind asked for cannot be had on this machine; the message says why. Tests skip on it.</summary>
public sealed class TestServerUnavailableException(string message, Exception? inner = null) : Exception(message, inner);
