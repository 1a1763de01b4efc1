using RedisPatterns.StackExchangeRedis.Connection;
using RedisPatterns.StackExchangeRedis.Conversion;
using StackExchange.Redis;

namespace RedisPatterns.StackExchangeRedis.Commands;

/// <summary>
/// Sends commands together: the driver writes them at once, each node's in order. Those that <see cref="HotCommands"/> knows
/// skip the general form of replies.
/// </summary>
internal sealed class PipelineSender(RedisConnection connection)
{
    private readonly bool _mayBeMissing = connection.Capabilities.MissingCommands.Count > 0 || connection.Capabilities.MissingOptions.Count > 0;
    private readonly bool _hasSlots = connection.Capabilities.Has(StoreFeatures.Cluster);

    public async ValueTask SendAsync(StorePipeline pipeline, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var replies = pipeline.Replies;
        if (replies.Count == 0)
        {
            return;
        }

        var batch = connection.Database.CreateBatch();
        var calls = new (HotCommand? Hot, Task? Task)[replies.Count];
        for (var i = 0; i < calls.Length; i++)
        {
            calls[i] = Begin(batch, replies[i], cancellationToken);
        }

        try
        {
            batch.Execute();
        }
        catch (Exception exception) when (DriverErrors.IsDriver(exception, cancellationToken))
        {
            throw connection.Translate(exception, "The pipeline");
        }

        // Backwards: a node answers in order, so as a rule the first wait is the only one.
        for (var i = calls.Length - 1; i >= 0; i--)
        {
            if (calls[i].Task is { IsCompleted: false } task)
            {
                await (cancellationToken.CanBeCanceled ? task.WaitAsync(cancellationToken) : task).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }

        Complete(replies, calls, cancellationToken);
    }

    private void Complete(IReadOnlyList<PendingReply> replies, (HotCommand? Hot, Task? Task)[] calls, CancellationToken cancellationToken)
    {
        StoreException? lost = null;
        var answered = 0;
        for (var i = 0; i < calls.Length; i++)
        {
            var (hot, task) = calls[i];
            if (task is null)
            {
                continue;
            }

            if (!task.IsCompleted)
            {
                throw new OperationCanceledException(cancellationToken);
            }

            var definition = replies[i].Command.Definition;
            try
            {
                if (hot is not null)
                {
                    hot.Complete(task, replies[i]);
                }
                else
                {
                    replies[i].Complete(DriverReplies.Convert(((Task<RedisResult>)task).GetAwaiter().GetResult(), definition.Name));
                }

                answered++;
            }
            catch (Exception exception) when (DriverErrors.IsDriver(exception, cancellationToken))
            {
                var error = connection.Translate(exception, definition);
                replies[i].Fail(error);
                if (error is StoreConnectionException or StoreTimeoutException)
                {
                    lost ??= error;
                }
                else
                {
                    answered++;
                }
            }
        }

        if (lost is not null && answered == 0)
        {
            throw lost;
        }
    }

    // No task when the command fails before it is sent; it has its outcome then.
    private (HotCommand? Hot, Task? Task) Begin(IBatch batch, PendingReply reply, CancellationToken cancellationToken)
    {
        var command = reply.Command;
        var definition = command.Definition;
        if (_mayBeMissing && !connection.Capabilities.Supports(command))
        {
            reply.Fail(CommandSender.Missing(definition));
            return default;
        }

        try
        {
            // The driver would find out only when it sends, and then send nothing of the pipeline.
            if (_hasSlots)
            {
                SlotCheck.ThrowIfCrossSlot([.. command.Keys], definition.Name);
            }

            var flags = connection.FlagsOf(definition);
            return HotCommands.Find(command) is { } hot
                ? (hot, hot.Begin(batch, command, flags))
                : (null, batch.ExecuteAsync(definition.Verb, DriverCommand.Arguments(command), flags));
        }
        catch (CrossSlotException exception)
        {
            reply.Fail(exception);
            return default;
        }
        catch (Exception exception) when (DriverErrors.IsDriver(exception, cancellationToken))
        {
            reply.Fail(connection.Translate(exception, definition));
            return default;
        }
    }
}
