using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace RedisPatterns.TestServers;

/// <summary>
/// A connection that says what it is told and shows what comes back: the server's truth, with no driver in between.
/// One command at a time; safe to share.
/// </summary>
public sealed class RespClient : IAsyncDisposable
{
    private readonly Socket _socket;
    private readonly BufferedStream _stream;
    private readonly SemaphoreSlim _turn = new(1, 1);

    private RespClient(Socket socket)
    {
        _socket = socket;
        _stream = new BufferedStream(new NetworkStream(socket, ownsSocket: true), 64 * 1024);
    }

    public static async Task<RespClient> ConnectAsync(EndPoint endpoint, CancellationToken cancellationToken = default)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(endpoint, cancellationToken);
            return new RespClient(socket);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    /// <summary>Sends a command; an error of the server is a reply like any other.</summary>
    public Task<RespReply> SendAsync(params string[] command) =>
        SendAsync(Array.ConvertAll(command, text => (ReadOnlyMemory<byte>)Encoding.UTF8.GetBytes(text)), default);

    /// <summary>Sends a command of arbitrary bytes; an error of the server is a reply like any other.</summary>
    public async Task<RespReply> SendAsync(IReadOnlyList<ReadOnlyMemory<byte>> command, CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken);
        try
        {
            await _stream.WriteAsync(Encode(command), cancellationToken);
            await _stream.FlushAsync(cancellationToken);
            return await ReadAsync(cancellationToken);
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>The reply as text; null when the server says nil.</summary>
    /// <exception cref="RespErrorException">The server answered with an error.</exception>
    public async Task<string?> TextAsync(params string[] command) => (await CheckedAsync(command)).Text;

    /// <summary>The reply as an integer.</summary>
    /// <exception cref="RespErrorException">The server answered with an error.</exception>
    public async Task<long> IntegerAsync(params string[] command) => (await CheckedAsync(command)).Integer;

    /// <summary>The elements of the reply as texts.</summary>
    /// <exception cref="RespErrorException">The server answered with an error.</exception>
    public async Task<IReadOnlyList<string?>> ListAsync(params string[] command) =>
        [.. (await CheckedAsync(command)).Items.Select(item => item.Text)];

    /// <summary>A section of INFO, name by name.</summary>
    public async Task<IReadOnlyDictionary<string, string>> InfoAsync(string section) =>
        (await TextAsync("INFO", section))!
            .Split("\r\n", StringSplitOptions.RemoveEmptyEntries)
            .Where(line => line[0] != '#' && line.Contains(':', StringComparison.Ordinal))
            .Select(line => line.Split(':', 2))
            .ToDictionary(pair => pair[0], pair => pair[1]);

    /// <summary>How often each command was called since the start or CONFIG RESETSTAT, by INFO commandstats: <c>get</c>, <c>client|list</c>.</summary>
    public async Task<IReadOnlyDictionary<string, long>> CommandCallsAsync() =>
        (await InfoAsync("commandstats")).ToDictionary(
            pair => pair.Key["cmdstat_".Length..],
            pair => long.Parse(pair.Value.Split(',')[0]["calls=".Length..], CultureInfo.InvariantCulture));

    public async ValueTask DisposeAsync()
    {
        // Closing the socket first keeps a broken connection from being flushed.
        _socket.Dispose();
        try
        {
            await _stream.DisposeAsync();
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException)
        {
            // There was something left to write to a connection that is gone.
        }

        _turn.Dispose();
    }

    private async Task<RespReply> CheckedAsync(string[] command)
    {
        var reply = await SendAsync(command);
        return reply.IsError ? throw new RespErrorException(reply.Text!) : reply;
    }

    private static byte[] Encode(IReadOnlyList<ReadOnlyMemory<byte>> command)
    {
        using var bytes = new MemoryStream();
        bytes.Write(Encoding.ASCII.GetBytes($"*{command.Count}\r\n"));
        foreach (var part in command)
        {
            bytes.Write(Encoding.ASCII.GetBytes($"${part.Length}\r\n"));
            bytes.Write(part.Span);
            bytes.Write("\r\n"u8);
        }

        return bytes.ToArray();
    }

    private async Task<RespReply> ReadAsync(CancellationToken cancellationToken)
    {
        var line = await ReadLineAsync(cancellationToken);
        var type = (char)line[0];
        var rest = line.AsMemory(1);
        switch (type)
        {
            case '+' or '-' or ':' or ',' or '#' or '(':
                return RespReply.Scalar(type, rest);
            case '_':
                return RespReply.Null;
            case '$' or '!' or '=':
                var length = ParseCount(rest);
                if (length < 0) return RespReply.Null;
                var payload = new byte[length + 2];
                await _stream.ReadExactlyAsync(payload, cancellationToken);
                return RespReply.Scalar(type, payload.AsMemory(0, length));
            case '*' or '%' or '~' or '>':
                var count = ParseCount(rest);
                if (count < 0) return RespReply.Null;
                var items = new RespReply[type == '%' ? 2 * count : count];
                for (var i = 0; i < items.Length; i++) items[i] = await ReadAsync(cancellationToken);
                return RespReply.List(type, items);
            default:
                throw new InvalidDataException($"A reply began with byte {line[0]}.");
        }
    }

    private static int ParseCount(ReadOnlyMemory<byte> digits) => int.Parse(digits.Span, CultureInfo.InvariantCulture);

    private async Task<byte[]> ReadLineAsync(CancellationToken cancellationToken)
    {
        using var line = new MemoryStream();
        var one = new byte[1];
        while (true)
        {
            await _stream.ReadExactlyAsync(one, cancellationToken);
            if (one[0] == '\n') break;
            line.WriteByte(one[0]);
        }

        line.SetLength(line.Length - 1); // the carriage return
        return line.ToArray();
    }
}
