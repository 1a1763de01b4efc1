using RedisPatterns.StackExchangeRedis.Connection;
using RedisPatterns.StackExchangeRedis.Conversion;
using StackExchange.Redis;

namespace RedisPatterns.StackExchangeRedis.Commands;

/// <summary>Sends commands to primaries by their names.</summary>
internal sealed class PrimarySender(RedisConnection connection)
{
    public async ValueTask<IReadOnlyList<PrimaryReply<TReply>>> SendAsync<TReply>(
        StoreCommand<TReply> command, string? primary, CancellationToken cancellationToken)
    {
        if (!connection.Capabilities.Supports(command))
        {
            throw CommandSender.Missing(command.Definition);
        }

        cancellationToken.ThrowIfCancellationRequested();
        var primaries = connection.Primaries();
        if (primaries.Count == 0)
        {
            throw new StoreConnectionException($"{command.Definition.Name}: no primary is known.");
        }

        return await Task.WhenAll(
            from server in primaries
            let name = NameOf(server)
            where primary is null || primary == name
            select SendAsync(server, name, command, cancellationToken)).ConfigureAwait(false);
    }

    private async Task<PrimaryReply<TReply>> SendAsync<TReply>(IServer server, string name, StoreCommand<TReply> command, CancellationToken cancellationToken)
    {
        var definition = command.Definition;

        // The driver would wait for it to come back, and those who wait for all primaries with it.
        if (!server.IsConnected)
        {
            return new(name, new StoreConnectionException($"{definition.Name}: a primary is not connected; nothing was sent to it."));
        }

        try
        {
            var task = server.ExecuteAsync(definition.Verb, DriverCommand.Arguments(command), CommandFlags.None);
            var reply = DriverReplies.Convert(await task.WaitAsync(cancellationToken).ConfigureAwait(false), definition.Name);
            return reply.Error is { } error ? new(name, error) : new(name, command.Reader(reply));
        }
        catch (UnexpectedReplyException exception)
        {
            return new(name, exception);
        }
        catch (Exception exception) when (DriverErrors.IsDriver(exception, cancellationToken))
        {
            return new(name, connection.Translate(exception, definition));
        }
    }

    private static string NameOf(IServer server) => server.EndPoint.ToString()!;
}
