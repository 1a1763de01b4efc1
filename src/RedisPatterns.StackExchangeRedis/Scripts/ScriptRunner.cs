using System.Runtime.CompilerServices;
using RedisPatterns.StackExchangeRedis.Connection;
using RedisPatterns.StackExchangeRedis.Conversion;
using StackExchange.Redis;

namespace RedisPatterns.StackExchangeRedis.Scripts;

/// <summary>
/// Runs scripts by digest; the text is sent only to a server that says it does not know the script. A script that is a function is
/// called by its name where the server has functions.
/// </summary>
internal sealed class ScriptRunner(RedisConnection connection, FunctionRunner functions)
{
    private readonly bool _hasFunctions = connection.Capabilities.Has(StoreFeatures.Functions);

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public async ValueTask<TReply> EvaluateAsync<TReply>(ScriptCall<TReply> call, CancellationToken cancellationToken)
    {
        var script = call.Script;
        if (!connection.Capabilities.Has(StoreFeatures.Scripts))
        {
            throw new UnsupportedCommandException($"{script.Name}: the store runs no scripts; nothing was sent.");
        }

        SlotCheck.ThrowIfCrossSlot(call.Keys, script.Name);
        StoreReply reply;
        try
        {
            var running = _hasFunctions && script.Function is { } function
                ? functions.RunAsync(function, FunctionCall.Of(function, call), cancellationToken)
                : RunScriptAsync(script, DriverValues.ToKeys(call.Keys), DriverValues.ToValues(call.Arguments), cancellationToken);
            var result = await running.ConfigureAwait(false);
            reply = DriverReplies.Convert(result, script.Name);
        }
        catch (Exception exception) when (DriverErrors.IsDriver(exception, cancellationToken))
        {
            throw connection.TranslateScript(exception, script);
        }

        return reply.Error is null ? script.Reader(reply) : throw reply.Error;
    }

    /// <summary>Runs a script; what the driver throws comes through untranslated.</summary>
    public ValueTask<RedisResult> RunAsync(AtomicScript script, RedisKey[] keys, RedisValue[] arguments, CancellationToken cancellationToken) =>
        _hasFunctions && script.Function is { } function
            ? functions.RunAsync(function, FunctionCall.Of(function, keys, arguments), cancellationToken)
            : RunScriptAsync(script, keys, arguments, cancellationToken);

    private static Task<RedisResult> Wait(Task<RedisResult> task, CancellationToken cancellationToken) =>
        cancellationToken.CanBeCanceled ? task.WaitAsync(cancellationToken) : task;

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private async ValueTask<RedisResult> RunScriptAsync(AtomicScript script, RedisKey[] keys, RedisValue[] arguments, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        try
        {
            return await Wait(ByDigest(script, keys, arguments), cancellationToken).ConfigureAwait(false);
        }
        catch (RedisServerException exception) when (exception.Message.StartsWith("NOSCRIPT", StringComparison.Ordinal))
        {
            // The server has run nothing. EVAL runs the script and makes the server remember it.
            return await Wait(ByText(script, keys, arguments), cancellationToken).ConfigureAwait(false);
        }
    }

    private Task<RedisResult> ByDigest(AtomicScript script, RedisKey[] keys, RedisValue[] arguments)
    {
        // The digest's memory is a whole array, so this is no copy.
        var digest = System.Runtime.InteropServices.MemoryMarshal.TryGetArray(script.DigestBytes, out var segment) && segment.Count == segment.Array!.Length
            ? segment.Array
            : script.DigestBytes.ToArray();
        return OnReplica(script)
            ? connection.Database.ScriptEvaluateReadOnlyAsync(digest, keys, arguments, connection.ReadFlags)
            : connection.Database.ScriptEvaluateAsync(digest, keys, arguments, RedisConnection.WriteFlags);
    }

    private Task<RedisResult> ByText(AtomicScript script, RedisKey[] keys, RedisValue[] arguments) => OnReplica(script)
        ? connection.Database.ScriptEvaluateReadOnlyAsync(script.Lua, keys, arguments, connection.ReadFlags | CommandFlags.NoScriptCache)
        : connection.Database.ScriptEvaluateAsync(script.Lua, keys, arguments, RedisConnection.WriteFlags | CommandFlags.NoScriptCache);

    private bool OnReplica(AtomicScript script) =>
        script.IsReadOnly && connection.Options.ReadPreference == ReadPreference.PreferReplica && connection.HasReadOnlyScripts;
}
