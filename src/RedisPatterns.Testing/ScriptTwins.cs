using RedisPatterns.Commands;

namespace RedisPatterns.Testing;

/// <summary>Shows that the twin of a script does what its Lua does.</summary>
public static class ScriptTwins
{
    /// <summary>Runs a call on a server and in memory, from the same beginning, and fails unless both answer the same and leave the same.</summary>
    /// <remarks>
    /// What the keys of the call and of what is given held before is deleted, on both. Replies are compared byte for byte,
    /// errors by their type; then what each key holds and whether it expires. A Lua that writes before its error is told: on a
    /// server that stays, while what a twin wrote is undone. A few round trips for each key.
    /// </remarks>
    /// <param name="server">A store that runs Lua.</param>
    /// <param name="memory">A store that runs twins.</param>
    /// <param name="call">The call.</param>
    /// <param name="given">What is there before; all of it must succeed.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="ConformanceFailedException">They differ; the message says in what.</exception>
    /// <exception cref="StoreException">What is given could not be written, or a store could not be asked.</exception>
    public static async Task CompareAsync(
        IKeyValueStore server, IKeyValueStore memory, ScriptCall call, IReadOnlyList<StoreCommand>? given = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(server);
        ArgumentNullException.ThrowIfNull(memory);
        ArgumentNullException.ThrowIfNull(call);
        given ??= [];
        StoreKey[] keys = [.. call.Keys.Concat(given.SelectMany(command => command.Keys)).Distinct()];
        var byLua = await RunAsync(server, call, given, keys, cancellationToken).ConfigureAwait(false);
        var byTwin = await RunAsync(memory, call, given, keys, cancellationToken).ConfigureAwait(false);
        var comparer = new ReplyComparer(TimeSpan.Zero);
        for (var i = 0; i < Math.Min(byLua.Count, byTwin.Count); i++)
        {
            if (byLua[i].What != byTwin[i].What || !comparer.Agree(byLua[i].Reply, byTwin[i].Reply, byLua[i].Rule))
            {
                throw new ConformanceFailedException(
                    $"{call.Script.Name}, {byLua[i].What}: the Lua gave {CommandText.Of(byLua[i].Reply)}, the twin {CommandText.Of(byTwin[i].Reply)}.");
            }
        }

        if (byLua.Count != byTwin.Count)
        {
            throw new ConformanceFailedException($"{call.Script.Name}: the Lua and the twin left keys of other types.");
        }
    }

    private static async Task<List<(string What, StoreReply Reply, ReplyRule Rule)>> RunAsync(
        IKeyValueStore store, ScriptCall call, IReadOnlyList<StoreCommand> given, StoreKey[] keys, CancellationToken cancellationToken)
    {
        await store.SendAsync(Keys.Delete(keys), cancellationToken).ConfigureAwait(false);
        var pipeline = new StorePipeline();
        foreach (var command in given)
        {
            pipeline.Add(command);
        }

        await store.SendAsync(pipeline, cancellationToken).ConfigureAwait(false);
        pipeline.ThrowIfAnyFailed();
        var script = new AtomicScript<StoreReply>(call.Script.Name, call.Script.Lua, Replies.Raw, call.Script.Twin, call.Script.IsReadOnly);
        var seen = new List<(string, StoreReply, ReplyRule)>();
        try
        {
            seen.Add(("the reply", await store.EvaluateAsync(script.With(call.Keys, call.Arguments), cancellationToken).ConfigureAwait(false), ReplyRule.Exact));
        }
        catch (StoreException error)
        {
            seen.Add(("the reply", StoreReply.FromError(error), ReplyRule.Exact));
        }

        for (var i = 0; i < keys.Length; i++)
        {
            var type = await store.SendAsync(Keys.Type(keys[i]), cancellationToken).ConfigureAwait(false);
            var life = await store.SendAsync(Keys.TimeToLive(keys[i]), cancellationToken).ConfigureAwait(false);
            seen.Add(($"the type of key {i + 1}", StoreReply.Status(type.ToString()), ReplyRule.Exact));
            seen.Add(($"whether key {i + 1} expires", StoreReply.Integer(life.Remaining is null ? 0 : 1), ReplyRule.Exact));
            foreach (var command in Contents.Of(keys[i], type))
            {
                seen.Add(($"{command.Command.Definition.Name} of key {i + 1}", await Observed.SendAsync(store, command.Raw(), cancellationToken).ConfigureAwait(false), command.Rule));
            }
        }

        return seen;
    }
}
