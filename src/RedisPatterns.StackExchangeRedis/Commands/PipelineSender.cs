using RedisPatterns.StackExchangeRedis.Connection;
using RedisPatterns.StackExchangeRedis.Conversion;
using StackExchange.Redis;

namespace RedisPatterns.StackExchangeRedis.Commands;

/// <summary>Sends commands together: the driver writes them at once, each node's in order.</summary>
internal sealed class PipelineSender(RedisConnection connection)
{
    public async ValueTask SendAsync(StorePipeline pipeline, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var replies = pipeline.Replies;
        if (replies.Count == 0)
        {
            return;
        }

        var batch = connection.Database.CreateBatch();
        var tasks = new Task<RedisResult>?[replies.Count];
        for (var i = 0; i < tasks.Length; i++)
        {
            tasks[i] = Begin(batch, replies[i], cancellationToken);
        }

        try
        {
            batch.Execute();
        }
        catch (Exception exception) when (DriverErrors.IsDriver(exception, cancellationToken))
        {
            throw connection.Translate(exception, "The pipeline");
        }

        StoreException? lost = null;
        var answered = 0;
        for (var i = 0; i < tasks.Length; i++)
        {
            if (tasks[i] is not { } task)
            {
                continue;
            }

            var definition = replies[i].Command.Definition;
            try
            {
                var result = await (cancellationToken.CanBeCanceled ? task.WaitAsync(cancellationToken) : task).ConfigureAwait(false);
                replies[i].Complete(DriverReplies.Convert(result, definition.Name));
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

    // Null when the command fails before it is sent; it has its outcome then.
    private Task<RedisResult>? Begin(IBatch batch, PendingReply reply, CancellationToken cancellationToken)
    {
        var definition = reply.Command.Definition;
        if (!connection.Capabilities.Supports(reply.Command))
        {
            reply.Fail(CommandSender.Missing(definition));
            return null;
        }

        try
        {
            // The driver would find out only when it sends, and then send nothing of the pipeline.
            if (connection.Capabilities.Has(StoreFeatures.Cluster))
            {
                SlotCheck.ThrowIfCrossSlot([.. reply.Command.Keys], definition.Name);
            }

            return batch.ExecuteAsync(definition.Verb, DriverCommand.Arguments(reply.Command), connection.FlagsOf(definition));
        }
        catch (CrossSlotException exception)
        {
            reply.Fail(exception);
            return null;
        }
        catch (Exception exception) when (DriverErrors.IsDriver(exception, cancellationToken))
        {
            reply.Fail(connection.Translate(exception, definition));
            return null;
        }
    }
}
