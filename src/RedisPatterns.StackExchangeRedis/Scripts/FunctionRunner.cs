using System.Runtime.CompilerServices;
using RedisPatterns.StackExchangeRedis.Connection;
using StackExchange.Redis;

namespace RedisPatterns.StackExchangeRedis.Scripts;

/// <summary>Calls functions. A server that lacks one, or has an older one, has run nothing: the library is loaded, and the function called again.</summary>
internal sealed class FunctionRunner(RedisConnection connection, FunctionLoads loads)
{
    // More than one load means that others delete or replace the library at the same time.
    private const int MaximumLoads = 8;
    private const string NotFound = "ERR Function not found";

    /// <summary>Calls a function; what the driver throws comes through untranslated.</summary>
    /// <param name="function">The function.</param>
    /// <param name="call">What <see cref="FunctionCall"/> makes of it.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    /// <exception cref="FunctionLibraryException">The server has another library, or a newer one without the function.</exception>
    /// <exception cref="StoreException">The library could not be loaded.</exception>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public async ValueTask<RedisResult> RunAsync(LibraryFunction function, object[] call, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        try
        {
            return await SendAsync(function, call, mayReplica: true, cancellationToken).ConfigureAwait(false);
        }
        catch (RedisServerException exception) when (HasDoneNothing(exception))
        {
            return await HealAsync(function, call, cancellationToken).ConfigureAwait(false);
        }
    }

    // Never a replica: it has what was loaded a little later.
    private async ValueTask<RedisResult> HealAsync(LibraryFunction function, object[] call, CancellationToken cancellationToken)
    {
        for (var load = 1; ; load++)
        {
            StoreException? failure = null;
            int? newer = null;
            try
            {
                var done = await loads.LoadAsync(function.Library).WaitAsync(cancellationToken).ConfigureAwait(false);
                newer = done.Max(one => one.Outcome == FunctionLoadOutcome.NewerThere ? one.VersionBefore : null);
            }
            catch (StoreException exception) when (exception is StoreConnectionException or StoreTimeoutException or ServerUnavailableException)
            {
                // Maybe of a server that the call does not concern.
                failure = exception;
            }

            try
            {
                return await SendAsync(function, call, mayReplica: false, cancellationToken).ConfigureAwait(false);
            }
            catch (RedisServerException exception) when (HasDoneNothing(exception))
            {
                if (failure is not null)
                {
                    throw failure;
                }

                if (newer is not null && exception.Message == NotFound)
                {
                    throw new FunctionLibraryException($"{function}: the server's library is newer, and lacks the function; nothing was run.", exception) { ServerVersion = newer };
                }

                if (load == MaximumLoads)
                {
                    throw new FunctionLibraryException($"{function}: others delete or replace the library as often as it is loaded; nothing was run.", exception);
                }
            }
        }
    }

    private Task<RedisResult> SendAsync(LibraryFunction function, object[] call, bool mayReplica, CancellationToken cancellationToken)
    {
        var onReplica = mayReplica && function.IsReadOnly && connection.Options.ReadPreference == ReadPreference.PreferReplica;
        var task = onReplica
            ? connection.Database.ExecuteAsync("FCALL_RO", call, connection.ReadFlags)
            : connection.Database.ExecuteAsync("FCALL", call, RedisConnection.WriteFlags);
        return cancellationToken.CanBeCanceled ? task.WaitAsync(cancellationToken) : task;
    }

    private static bool HasDoneNothing(RedisServerException exception) =>
        exception.Message == NotFound || exception.Message.StartsWith(FunctionLibrary.OutdatedError, StringComparison.Ordinal);
}
