using RedisPatterns.StackExchangeRedis.Batches;
using RedisPatterns.StackExchangeRedis.Commands;
using RedisPatterns.StackExchangeRedis.Connection;
using RedisPatterns.StackExchangeRedis.Scripts;
using RedisPatterns.StackExchangeRedis.Transactions;
using StackExchange.Redis;

namespace RedisPatterns.StackExchangeRedis;

/// <summary>A store on a Redis server, or one that speaks like it, through StackExchange.Redis.</summary>
/// <remarks>
/// One connection serves everybody: the driver sends what many callers ask for without waiting in between. Nothing is
/// ever sent twice, except what the server says that it has not done: a script that it does not know is sent whole, a function
/// that it lacks or has in an older version is loaded and called again, and what a cluster can not do while a slot is moved is
/// tried again.
/// </remarks>
public sealed class RedisKeyValueStore : IKeyValueStore
{
    private readonly RedisConnection _connection;
    private readonly CommandSender _commands;
    private readonly PipelineSender _pipelines;
    private readonly PrimarySender _primaries;
    private readonly ScriptRunner _scripts;
    private readonly BatchCommitter _batches;
    private readonly TransactionCommitter? _transactions;
    private readonly KeyScanner _scanner;
    private readonly Subscriber _subscriber;
    private readonly MovingSlots? _movingSlots;

    private RedisKeyValueStore(RedisConnection connection)
    {
        _connection = connection;
        _commands = new CommandSender(connection);
        _pipelines = new PipelineSender(connection);
        _primaries = new PrimarySender(connection);
        _scripts = new ScriptRunner(connection, new FunctionRunner(connection, new FunctionLoads(this)));
        _batches = new BatchCommitter(connection, _scripts);
        _transactions = connection.Capabilities.Has(StoreFeatures.Scripts) ? null : new TransactionCommitter(connection);
        _scanner = new KeyScanner(connection);
        _subscriber = new Subscriber(connection);
        var options = connection.Options;
        _movingSlots = connection.Capabilities.Has(StoreFeatures.Cluster) && options.MovingSlotPatience > TimeSpan.Zero ? new MovingSlots(options.MovingSlotPatience, options.TimeProvider) : null;
    }

    /// <inheritdoc/>
    public StoreCapabilities Capabilities => _connection.Capabilities;

    /// <summary>Connects to a server; the connection is closed with the store.</summary>
    /// <param name="configuration">The configuration in the driver's syntax, such as <c>localhost:6379,password=...</c>.</param>
    /// <param name="options">What is to be different from the default.</param>
    /// <param name="cancellationToken">Gives up connecting.</param>
    /// <exception cref="ArgumentException">The configuration can not be read.</exception>
    /// <exception cref="StoreConnectionException">The server can not be reached.</exception>
    /// <exception cref="AccessDeniedException">The server refused the user or the password.</exception>
    public static Task<RedisKeyValueStore> ConnectAsync(
        string configuration, RedisKeyValueStoreOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(configuration);
        return ConnectAsync(Parse(configuration), options, cancellationToken);
    }

    /// <summary>Connects to a server; the connection is closed with the store.</summary>
    /// <param name="configuration">The configuration; it is copied.</param>
    /// <param name="options">What is to be different from the default.</param>
    /// <param name="cancellationToken">Gives up connecting.</param>
    /// <exception cref="ArgumentException">The configuration names no server.</exception>
    /// <exception cref="StoreConnectionException">The server can not be reached.</exception>
    /// <exception cref="AccessDeniedException">The server refused the user or the password.</exception>
    public static async Task<RedisKeyValueStore> ConnectAsync(
        ConfigurationOptions configuration, RedisKeyValueStoreOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        if (configuration.EndPoints.Count == 0)
        {
            throw new ArgumentException("The configuration names no server; write host:port.", nameof(configuration));
        }

        return new RedisKeyValueStore(
            await RedisConnection.OpenAsync(configuration, options ?? new RedisKeyValueStoreOptions(), cancellationToken).ConfigureAwait(false));
    }

    /// <summary>A store on a connection that somebody else opened and closes; disposing the store leaves it open.</summary>
    /// <param name="multiplexer">The connection.</param>
    /// <param name="options">What is to be different from the default.</param>
    /// <param name="cancellationToken">Gives up asking the server what it can do.</param>
    /// <exception cref="StoreConnectionException">The server can not be reached.</exception>
    public static async Task<RedisKeyValueStore> CreateAsync(
        IConnectionMultiplexer multiplexer, RedisKeyValueStoreOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(multiplexer);
        return new RedisKeyValueStore(
            await RedisConnection.UseAsync(multiplexer, options ?? new RedisKeyValueStoreOptions(), isOwned: false, cancellationToken).ConfigureAwait(false));
    }

    /// <inheritdoc/>
    public ValueTask<TReply> SendAsync<TReply>(StoreCommand<TReply> command, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(command);
        return _movingSlots is null ? _commands.SendAsync(command, cancellationToken) : _movingSlots.RunAsync(() => _commands.SendAsync(command, cancellationToken), cancellationToken);
    }

    /// <inheritdoc/>
    public ValueTask SendAsync(StorePipeline pipeline, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(pipeline);
        return _movingSlots is null
            ? _pipelines.SendAsync(pipeline, cancellationToken)
            : _movingSlots.SendAsync(pipeline, part => _pipelines.SendAsync(part, cancellationToken), cancellationToken);
    }

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<PrimaryReply<TReply>>> SendToPrimariesAsync<TReply>(
        StoreCommand<TReply> command, string? primary = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(command);
        return _primaries.SendAsync(command, primary, cancellationToken);
    }

    /// <inheritdoc/>
    public ValueTask<CommitResult> CommitAsync(AtomicBatch batch, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(batch);
        return _transactions is not null ? _transactions.CommitAsync(batch, cancellationToken)
            : _movingSlots is null ? _batches.CommitAsync(batch, cancellationToken)
            : _movingSlots.RunAsync(() => _batches.CommitAsync(batch, cancellationToken), cancellationToken);
    }

    /// <inheritdoc/>
    public ValueTask<TReply> EvaluateAsync<TReply>(ScriptCall<TReply> call, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(call);
        return _movingSlots is null ? _scripts.EvaluateAsync(call, cancellationToken) : _movingSlots.RunAsync(() => _scripts.EvaluateAsync(call, cancellationToken), cancellationToken);
    }

    /// <inheritdoc/>
    public IAsyncEnumerable<StoreKey> ScanKeysAsync(string pattern = "*", int pageSize = 250, CancellationToken cancellationToken = default) =>
        _scanner.ScanAsync(pattern, pageSize, cancellationToken);

    /// <inheritdoc/>
    public ValueTask<StoreSubscription> SubscribeAsync(StoreChannel channel, CancellationToken cancellationToken = default) =>
        _subscriber.SubscribeAsync(channel, cancellationToken);

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _connection.DisposeAsync();

    // The driver's message may quote the configuration, and so a password.
    private static ConfigurationOptions Parse(string configuration)
    {
        try
        {
            return ConfigurationOptions.Parse(configuration);
        }
        catch (Exception exception) when (exception is ArgumentException or FormatException or OverflowException)
        {
            throw new ArgumentException("The configuration can not be read; write host:port, then options, with commas in between.", nameof(configuration));
        }
    }
}
