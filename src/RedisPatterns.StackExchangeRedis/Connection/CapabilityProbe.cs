using System.Collections.Frozen;
using RedisPatterns.Commands;
using StackExchange.Redis;

namespace RedisPatterns.StackExchangeRedis.Connection;

/// <summary>Finds out what a server is and can do. What can be tried is tried; names are believed only for the rest.</summary>
internal sealed class CapabilityProbe
{
    private const string ProbeKey = "redispatterns:probe";
    private static readonly string[] ModuleCommands = ["FCALL", "HPEXPIRE", "JSON.SET", "FT.SEARCH", "TS.ADD", "SUBSCRIBE", "RESTORE", "DUMP"];

    private readonly IDatabase _database;
    private readonly CancellationToken _cancellationToken;

    private CapabilityProbe(IDatabase database, CancellationToken cancellationToken)
    {
        _database = database;
        _cancellationToken = cancellationToken;
    }

    public static Task<StoreCapabilities> DetectAsync(
        IConnectionMultiplexer multiplexer, IDatabase database, RedisKeyValueStoreOptions options, CancellationToken cancellationToken) =>
        new CapabilityProbe(database, cancellationToken).DetectAsync(multiplexer, options);

    private async Task<StoreCapabilities> DetectAsync(IConnectionMultiplexer multiplexer, RedisKeyValueStoreOptions options)
    {
        var info = ServerInfo.Parse((string?)await TryAsync("INFO").ConfigureAwait(false) ?? "");
        var (missing, known) = await AskForCommandsAsync().ConfigureAwait(false);
        var features = StoreFeatures.None;

        void Add(StoreFeatures feature, bool there) => features |= there ? feature : StoreFeatures.None;

        Add(StoreFeatures.Scripts, options.UseScripts && (string?)await TryAsync("EVAL", "return 'yes'", "1", (RedisKey)ProbeKey).ConfigureAwait(false) == "yes");
        Add(StoreFeatures.Functions, options.UseScripts && known("FCALL"));
        Add(StoreFeatures.Streams, known("XADD"));
        Add(StoreFeatures.HashFieldExpiry, known("HPEXPIRE"));
        Add(StoreFeatures.Json, known("JSON.SET"));
        Add(StoreFeatures.Search, known("FT.SEARCH"));
        Add(StoreFeatures.TimeSeries, known("TS.ADD"));
        Add(StoreFeatures.PubSub, known("SUBSCRIBE"));
        Add(StoreFeatures.Cluster, info.IsCluster || IsCluster(multiplexer));
        Add(StoreFeatures.Dump, known("DUMP") && known("RESTORE") && await CanRestoreAsync().ConfigureAwait(false));

        // Garnet lets a script touch them, but locks the declared ones alone.
        Add(StoreFeatures.UndeclaredScriptKeys, (features & StoreFeatures.Scripts) != 0 && info.Server != "garnet");
        return new StoreCapabilities(info.Server, info.Version, features)
        {
            MissingCommands = missing,

            // Garnet 2.2.5 answers SET PXAT with an error, and sometimes with bytes that are no reply behind it.
            MissingOptions = info.Server == "garnet" ? FrozenSet.Create("SET PXAT") : FrozenSet<string>.Empty,
        };
    }

    private static bool IsCluster(IConnectionMultiplexer multiplexer) =>
        Array.Exists(multiplexer.GetServers(), server => server.IsConnected && server.ServerType == ServerType.Cluster);

    private async Task<(FrozenSet<string> Missing, Func<string, bool> Known)> AskForCommandsAsync()
    {
        string[] verbs = [.. CommandTable.All.Select(row => row.Verb).Concat(ModuleCommands).Append("XADD").Distinct(StringComparer.Ordinal)];
        object[] arguments = ["INFO", .. verbs];
        var answer = await TryAsync("COMMAND", arguments).ConfigureAwait(false);
        var absent = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; answer is not null && i < answer.Length && i < verbs.Length; i++)
        {
            if (answer[i].IsNull || answer[i].Length == 0)
            {
                absent.Add(verbs[i]);
            }
        }

        // A name of this library's own, whatever the server says of it.
        absent.Add(CommandTable.KeyRange.Verb);

        // A server that keeps its list to itself is taken to know everything but modules.
        var knows = answer is not null;
        return (
            CommandTable.All.Where(row => absent.Contains(row.Verb)).Select(row => row.Name).ToFrozenSet(StringComparer.Ordinal),
            verb => knows ? !absent.Contains(verb) : !verb.Contains('.', StringComparison.Ordinal) && verb != "HPEXPIRE");
    }

    // A payload that no server takes: what matters is whether it was the payload that was refused.
    private async Task<bool> CanRestoreAsync()
    {
        try
        {
            await ExecuteAsync("RESTORE", (RedisKey)ProbeKey, "0", "no payload", "REPLACE").ConfigureAwait(false);
            return false;
        }
        catch (RedisServerException exception)
        {
            return exception.Message.Contains("payload", StringComparison.OrdinalIgnoreCase)
                || exception.Message.StartsWith("OOM", StringComparison.Ordinal)
                || exception.Message.StartsWith("READONLY", StringComparison.Ordinal);
        }
        catch (RedisCommandException)
        {
            return false;
        }
        catch (RedisConnectionException)
        {
            // No primary to write to at the moment: taken for a server like any other.
            return true;
        }
    }

    private async Task<RedisResult?> TryAsync(string verb, params object[] arguments)
    {
        try
        {
            return await ExecuteAsync(verb, arguments).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is RedisServerException or RedisCommandException)
        {
            return null;
        }
    }

    private Task<RedisResult> ExecuteAsync(string verb, params object[] arguments) =>
        _database.ExecuteAsync(verb, arguments, CommandFlags.PreferMaster).WaitAsync(_cancellationToken);
}
