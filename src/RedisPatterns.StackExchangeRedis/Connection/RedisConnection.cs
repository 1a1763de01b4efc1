using StackExchange.Redis;

namespace RedisPatterns.StackExchangeRedis.Connection;

/// <summary>The driver's connection, what is known of its server, and which servers commands go to.</summary>
internal sealed class RedisConnection(
    IConnectionMultiplexer multiplexer,
    IDatabase database,
    StoreCapabilities capabilities,
    RedisKeyValueStoreOptions options,
    bool isOwned) : IAsyncDisposable
{
    public IConnectionMultiplexer Multiplexer => multiplexer;

    public IDatabase Database => database;

    public StoreCapabilities Capabilities => capabilities;

    public RedisKeyValueStoreOptions Options => options;

    /// <summary>Where reads go.</summary>
    public CommandFlags ReadFlags { get; } =
        options.ReadPreference == ReadPreference.PreferReplica ? CommandFlags.PreferReplica : CommandFlags.DemandMaster;

    /// <summary>Where writes go.</summary>
    public static CommandFlags WriteFlags => CommandFlags.DemandMaster;

    /// <summary>Where a command goes.</summary>
    public CommandFlags FlagsOf(CommandDefinition definition) => definition.IsWrite ? WriteFlags : ReadFlags;

    /// <summary>Whether the server has EVALSHA_RO.</summary>
    public bool HasReadOnlyScripts { get; } = capabilities.Server != "garnet";

    /// <summary>The store's exception for what the driver threw when a command was sent.</summary>
    public StoreException Translate(Exception exception, CommandDefinition definition) => Translate(exception, definition.Name);

    /// <summary>The store's exception for what the driver threw.</summary>
    public StoreException Translate(Exception exception, string operation) =>
        LacksPrimary(exception) ? ReadOnly(exception, operation) : DriverErrors.Translate(exception, operation);

    /// <summary>The store's exception for what the driver threw when a script was run.</summary>
    public StoreException TranslateScript(Exception exception, AtomicScript script) =>
        LacksPrimary(exception) ? ReadOnly(exception, script.Name) : DriverErrors.TranslateScript(exception, script);

    /// <summary>The servers that have data of their own, connected or not.</summary>
    public List<IServer> Primaries() => [.. multiplexer.GetServers().Where(server => !server.IsReplica && !OwnsNothing(server))];

    /// <summary>Connects with a configuration; the connection is closed with the store.</summary>
    public static async Task<RedisConnection> OpenAsync(ConfigurationOptions configuration, RedisKeyValueStoreOptions options, CancellationToken cancellationToken)
    {
        var database = options.Database >= 0 ? options.Database : configuration.DefaultDatabase ?? 0;
        var effective = configuration.Clone();
        if (database == 0)
        {
            effective.CommandMap = CommandMaps.WithoutSelect(effective);
        }

        ConnectionMultiplexer? multiplexer = null;
        try
        {
            multiplexer = await ConnectionMultiplexer.ConnectAsync(effective).WaitAsync(cancellationToken).ConfigureAwait(false);
            return await UseAsync(multiplexer, options, isOwned: true, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            if (multiplexer is not null)
            {
                await multiplexer.DisposeAsync().ConfigureAwait(false);
            }

            if (DriverErrors.IsDriver(exception, cancellationToken))
            {
                throw DriverErrors.TranslateConnecting(exception);
            }

            throw;
        }
    }

    /// <summary>Uses a connection that somebody else opened.</summary>
    public static async Task<RedisConnection> UseAsync(
        IConnectionMultiplexer multiplexer, RedisKeyValueStoreOptions options, bool isOwned, CancellationToken cancellationToken)
    {
        try
        {
            var database = multiplexer.GetDatabase(options.Database);
            var capabilities = await CapabilityProbe.DetectAsync(multiplexer, database, options, cancellationToken).ConfigureAwait(false);
            return new RedisConnection(multiplexer, database, capabilities, options, isOwned);
        }
        catch (Exception exception) when (DriverErrors.IsDriver(exception, cancellationToken))
        {
            throw DriverErrors.Translate(exception, "Asking what the server can do");
        }
    }

    public ValueTask DisposeAsync() => isOwned ? multiplexer.DisposeAsync() : ValueTask.CompletedTask;

    private static bool OwnsNothing(IServer server) =>
        server.ServerType == ServerType.Cluster
        && server.ClusterConfiguration?[server.EndPoint] is { } node
        && (node.IsReplica || node.Slots.Count == 0);

    private static ReadOnlyServerException ReadOnly(Exception exception, string operation) =>
        new($"{operation}: the server takes no writes; nothing was written.", exception);

    // The driver has connections, but none to a primary: it says no more than that it has none that would do.
    private bool LacksPrimary(Exception exception)
    {
        if (exception is not RedisConnectionException { FailureType: ConnectionFailureType.UnableToResolvePhysicalConnection })
        {
            return false;
        }

        var servers = Array.FindAll(multiplexer.GetServers(), server => server.IsConnected);
        return servers.Length > 0 && Array.TrueForAll(servers, server => server.IsReplica);
    }
}
