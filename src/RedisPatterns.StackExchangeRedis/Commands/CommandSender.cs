using System.Runtime.CompilerServices;
using RedisPatterns.StackExchangeRedis.Connection;
using RedisPatterns.StackExchangeRedis.Conversion;

namespace RedisPatterns.StackExchangeRedis.Commands;

/// <summary>Sends single commands. Those that <see cref="HotCommands"/> knows skip the general form of replies.</summary>
internal sealed class CommandSender(RedisConnection connection)
{
    private readonly bool _mayBeMissing = connection.Capabilities.MissingCommands.Count > 0;

    public ValueTask<TReply> SendAsync<TReply>(StoreCommand<TReply> command, CancellationToken cancellationToken) =>
        HotCommands.Find(command) is { } hot ? hot.SendAsync(connection, command, cancellationToken) : SendAnyAsync(command, cancellationToken);

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private async ValueTask<TReply> SendAnyAsync<TReply>(StoreCommand<TReply> command, CancellationToken cancellationToken)
    {
        var definition = command.Definition;
        if (_mayBeMissing && !connection.Capabilities.Supports(command))
        {
            throw Missing(definition);
        }

        StoreReply reply;
        try
        {
            cancellationToken.ThrowIfCancellationRequested();
            var task = connection.Database.ExecuteAsync(definition.Verb, DriverCommand.Arguments(command), connection.FlagsOf(definition));
            var result = await (cancellationToken.CanBeCanceled ? task.WaitAsync(cancellationToken) : task).ConfigureAwait(false);
            reply = DriverReplies.Convert(result, definition.Name);
        }
        catch (Exception exception) when (DriverErrors.IsDriver(exception, cancellationToken))
        {
            throw connection.Translate(exception, definition);
        }

        return reply.Error is null ? command.Reader(reply) : throw reply.Error;
    }

    public static UnsupportedCommandException Missing(CommandDefinition definition) =>
        new($"{definition.Name}: the server does not know the command; nothing was sent.");
}
