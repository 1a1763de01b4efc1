namespace RedisPatterns.TestServers;

/// <summary>When a <see cref="RoundTripProxy"/> cuts a connection, seen from the command it was told to watch for.</summary>
public enum CutMoment
{
    /// <summary>The server never sees the command.</summary>
    BeforeSend,

    /// <summary>The server has executed the command and replied; the client never sees the reply.</summary>
    AfterEffect,
}
