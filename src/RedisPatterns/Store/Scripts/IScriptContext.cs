namespace RedisPatterns;

/// <summary>What the C# twin of a script works with: the counterpart of <c>KEYS</c>, <c>ARGV</c> and <c>redis.call</c>.</summary>
public interface IScriptContext
{
    /// <summary>The keys.</summary>
    IReadOnlyList<StoreKey> Keys { get; }

    /// <summary>The arguments.</summary>
    IReadOnlyList<StoreValue> Arguments { get; }

    /// <summary>The server's time in milliseconds since the Unix epoch, frozen while the script runs.</summary>
    long NowMilliseconds { get; }

    /// <summary>Carries out a command at once.</summary>
    /// <typeparam name="TReply">What it answers.</typeparam>
    /// <param name="command">The command.</param>
    /// <returns>The reply.</returns>
    /// <exception cref="StoreException">The command failed.</exception>
    TReply Call<TReply>(StoreCommand<TReply> command);

    /// <summary>Takes back everything that the script has written so far.</summary>
    void Rollback();
}
