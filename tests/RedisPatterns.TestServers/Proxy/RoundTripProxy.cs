using System.Net;
using System.Net.Sockets;

namespace RedisPatterns.TestServers;

/// <summary>
/// Stands between a client and one server, counts what passes, and cuts connections when told to. Not for a cluster,
/// whose nodes tell clients their own addresses.
/// </summary>
/// <remarks>
/// Replies are held until the client has been quiet for a moment. So commands that were sent together are one round
/// trip, and a command that depended on a reply is another, whatever the timing of the network.
/// </remarks>
public sealed class RoundTripProxy : IAsyncDisposable
{
    private readonly Socket _listener = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
    private readonly EndPoint _server;
    private readonly Lock _gate = new();
    private readonly List<ProxiedCommand> _commands = [];
    private readonly HashSet<ProxyConnection> _connections = [];
    private readonly Task _accepting;
    private ScheduledCut? _cut;
    private TaskCompletionSource? _gathered;
    private int _missing;             // commands that are to come before a reply is delivered
    private int _connectionCount;

    private RoundTripProxy(EndPoint server, TimeSpan quiet)
    {
        _server = server;
        Quiet = quiet;
        _listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        _listener.Listen();
        Endpoint = (IPEndPoint)_listener.LocalEndPoint!;
        _accepting = AcceptAsync();
    }

    /// <summary>Where clients connect to.</summary>
    public IPEndPoint Endpoint { get; }

    /// <summary>In the syntax of StackExchange.Redis.</summary>
    public string ConnectionString => $"{Endpoint},allowAdmin=true";

    /// <summary>Whether new connections are turned away, as if the server were down. Default: false.</summary>
    public bool RefuseConnections { get; set; }

    /// <summary>How many connections were made so far.</summary>
    public int ConnectionCount => Volatile.Read(ref _connectionCount);

    internal TimeSpan Quiet { get; }

    /// <param name="server">The server; of a cluster, one of its nodes.</param>
    /// <param name="quiet">How long replies are held after the client's last byte. Default: 10 ms. Zero: not at all, and
    /// a round trip may be counted more than once.</param>
    public static RoundTripProxy Start(EndPoint server, TimeSpan? quiet = null) =>
        new(server, quiet ?? TimeSpan.FromMilliseconds(10));

    /// <summary>A point in the traffic, to count from.</summary>
    public int Mark()
    {
        lock (_gate) return _commands.Count;
    }

    /// <summary>What has passed since a mark.</summary>
    public ProxyTraffic Since(int mark)
    {
        lock (_gate) return new ProxyTraffic(_commands.Skip(mark).Where(command => !command.IsDriverTalk));
    }

    /// <summary>What passes while an operation runs.</summary>
    public async Task<ProxyTraffic> CountAsync(Func<Task> operation)
    {
        var mark = Mark();
        await operation();
        return Since(mark);
    }

    /// <summary>
    /// What passes while an operation runs that is to send this many commands before it sees a reply. Replies are held
    /// until they have all come, so a sender that is slow is not taken for one that waits; one that does wait never gets
    /// its reply, and fails.
    /// </summary>
    public async Task<ProxyTraffic> CountTogetherAsync(int commands, Func<Task> operation)
    {
        var gathered = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_gate) (_gathered, _missing) = (gathered, commands);
        try
        {
            return await CountAsync(operation);
        }
        finally
        {
            lock (_gate) _gathered = null;
            gathered.TrySetResult();
        }
    }

    /// <summary>Cuts all connections now.</summary>
    public void Cut()
    {
        ProxyConnection[] connections;
        lock (_gate) connections = [.. _connections];
        foreach (var connection in connections) connection.Dispose();
    }

    /// <summary>Cuts the connection that carries the next command of this name; once.</summary>
    /// <param name="command">A name as in <see cref="ProxiedCommand.Name"/>.</param>
    /// <param name="moment">Whether the server gets to execute it.</param>
    /// <param name="skip">How many commands of this name pass unharmed before. Default: 0.</param>
    public void CutAt(string command, CutMoment moment, int skip = 0)
    {
        lock (_gate) _cut = new ScheduledCut(command, moment) { Skip = skip };
    }

    public async ValueTask DisposeAsync()
    {
        _listener.Dispose();
        await _accepting;
        ProxyConnection[] connections;
        lock (_gate) connections = [.. _connections];
        foreach (var connection in connections) connection.Dispose();
        await Task.WhenAll(connections.Select(connection => connection.Ended));
    }

    /// <summary>Ends when all commands have come that are to come together.</summary>
    internal Task Gathered
    {
        get
        {
            lock (_gate) return _gathered?.Task ?? Task.CompletedTask;
        }
    }

    /// <summary>Notes a command that is about to be sent on, and tells whether its connection is to be cut.</summary>
    internal CutMoment? Note(ProxiedCommand command)
    {
        lock (_gate)
        {
            var moment = _cut is { } cut && cut.Command == command.Name && cut.Skip-- == 0 ? cut.Moment : (CutMoment?)null;
            if (moment is not null) _cut = null;
            if (moment != CutMoment.BeforeSend) _commands.Add(command);
            if (!command.IsDriverTalk && --_missing == 0) _gathered?.TrySetResult();
            return moment;
        }
    }

    private async Task AcceptAsync()
    {
        while (true)
        {
            Socket client;
            try
            {
                client = await _listener.AcceptAsync();
            }
            catch (Exception e) when (e is SocketException or ObjectDisposedException)
            {
                return;
            }

            if (RefuseConnections)
            {
                client.Close(timeout: 0);
                continue;
            }

            var connection = new ProxyConnection(this, client, Interlocked.Increment(ref _connectionCount));
            lock (_gate) _connections.Add(connection);
            _ = RunAsync(connection);
        }
    }

    private async Task RunAsync(ProxyConnection connection)
    {
        await connection.RunAsync(_server);
        lock (_gate) _connections.Remove(connection);
    }

    private sealed record ScheduledCut(string Command, CutMoment Moment)
    {
        public int Skip { get; set; }
    }
}
