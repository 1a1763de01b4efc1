using System.Net;
using System.Net.Sockets;

namespace RedisPatterns.TestServers;

/// <summary>One client's connection through a <see cref="RoundTripProxy"/>.</summary>
internal sealed class ProxyConnection(RoundTripProxy proxy, Socket client, int number) : IDisposable
{
    private const int ChunkSize = 64 * 1024;

    private readonly Socket _server = new(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly RespScanner _requests = new();
    private readonly RespScanner _replies = new();

    private long _lastRequest;        // a timestamp
    private int _roundTrip;
    private int _replied = 1;         // whether a reply was delivered since the last request
    private long _sent;               // commands
    private long _answered;           // replies, pushes left out
    private long _fatalReply = -1;    // the number of the reply that is not to be delivered

    public Task Ended => _ended.Task;

    public async Task RunAsync(EndPoint server)
    {
        try
        {
            client.NoDelay = true;
            await _server.ConnectAsync(server);
            await Task.WhenAny(PumpRequestsAsync(), PumpRepliesAsync()).Unwrap();
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // One side is gone; so is the other.
        }
        finally
        {
            Dispose();
            _ended.SetResult();
        }
    }

    /// <summary>Resets both sides, as a broken network would.</summary>
    public void Dispose()
    {
        client.Close(timeout: 0);
        _server.Close(timeout: 0);
    }

    private async Task PumpRequestsAsync()
    {
        var buffer = new byte[ChunkSize];
        while (await client.ReceiveAsync(buffer) is var length and > 0)
        {
            Volatile.Write(ref _lastRequest, TimeProvider.System.GetTimestamp());
            if (Interlocked.Exchange(ref _replied, 0) == 1) _roundTrip++;

            var sendable = Inspect(buffer.AsSpan(0, length), out var cut);
            await SendAllAsync(_server, buffer.AsMemory(0, sendable));
            if (cut) return;
        }
    }

    /// <summary>How much of a chunk may be sent on: all of it, unless a command in it is to be cut off.</summary>
    private int Inspect(ReadOnlySpan<byte> chunk, out bool cut)
    {
        var end = 0;
        foreach (var request in _requests.Feed(chunk))
        {
            var moment = proxy.Note(new ProxiedCommand(ProxiedCommand.NameOf(request), request.Bytes, number, _roundTrip));
            cut = moment == CutMoment.BeforeSend;
            if (cut) return end;
            var command = _sent++;
            if (moment == CutMoment.AfterEffect) Volatile.Write(ref _fatalReply, command);
            end = request.End;
        }

        cut = false;
        return chunk.Length;
    }

    private async Task PumpRepliesAsync()
    {
        var buffer = new byte[ChunkSize];
        while (await _server.ReceiveAsync(buffer) is var length and > 0)
        {
            var deliverable = Answer(buffer.AsSpan(0, length), out var cut);
            await WaitForQuietAsync();
            Volatile.Write(ref _replied, 1);
            await SendAllAsync(client, buffer.AsMemory(0, deliverable));
            if (cut) return;
        }
    }

    /// <summary>How much of a chunk may be delivered: all of it, unless a reply in it is to be lost.</summary>
    private int Answer(ReadOnlySpan<byte> chunk, out bool cut)
    {
        var end = 0;
        foreach (var reply in _replies.Feed(chunk))
        {
            cut = reply.Type != '>' && _answered++ == Volatile.Read(ref _fatalReply);
            if (cut) return end;
            end = reply.End;
        }

        cut = false;
        return chunk.Length;
    }

    private async Task WaitForQuietAsync()
    {
        var clock = TimeProvider.System;
        await proxy.Gathered;
        while (proxy.Quiet - clock.GetElapsedTime(Volatile.Read(ref _lastRequest)) is var rest && rest > TimeSpan.Zero)
            await Task.Delay(rest < TimeSpan.FromMilliseconds(1) ? TimeSpan.FromMilliseconds(1) : rest, clock);
    }

    private static async Task SendAllAsync(Socket to, ReadOnlyMemory<byte> bytes)
    {
        while (!bytes.IsEmpty) bytes = bytes[await to.SendAsync(bytes)..];
    }
}
