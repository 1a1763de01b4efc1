using RedisPatterns.Commands;

namespace RedisPatterns;

/// <summary>What <see cref="EntityScript"/> does, in C#, step for step.</summary>
internal sealed class EntityScriptTwin(IReadOnlyList<EntityShape> shapes, ScriptParts parts, SingleForm? single = null)
{
    public StoreReply Run(IScriptContext context)
    {
        var arguments = single is not null ? single.Spread(shapes[0], context.Arguments) : context.Arguments;
        if (parts.HasFlag(ScriptParts.Guard) && context.Call(Keys.Exists(context.Keys[^1])))
        {
            return StoreReply.Array(StoreReply.Integer(EntityWriteReply.Revoked), StoreReply.Integer(0), StoreReply.Integer(0));
        }

        if (parts.HasFlag(ScriptParts.Fence))
        {
            var fences = (int)arguments[^1].AsInt64();
            for (var i = 0; i < fences; i++)
            {
                if (!IsHeld(context, context.Keys[context.Keys.Count - fences + i], arguments[arguments.Count - 1 - fences + i].AsText()!))
                {
                    return StoreReply.Array(StoreReply.Integer(EntityWriteReply.LeaseLost), StoreReply.Integer(0), StoreReply.Integer(i));
                }
            }
        }

        var count = (int)arguments[0].AsInt64();
        var versions = new StoreReply[count];
        var (key, argument) = (0, 1);
        var first = new Dictionary<EntityShape, EntityWriteTwin>();
        for (var i = 0; i < count; i++)
        {
            var shape = shapes[(int)arguments[argument].AsInt64() - 1];
            var operation = new EntityWriteTwin(context, arguments, shape, key, argument);
            first.TryAdd(shape, operation);
            var (refusal, detail) = operation.Apply(out var version);
            if (refusal < 0)
            {
                context.Rollback();
                return StoreReply.Array(StoreReply.Integer(refusal), StoreReply.Integer(i), StoreReply.Integer(detail));
            }

            versions[i] = StoreReply.Integer(version);
            key += shape.KeyCount;
            argument += operation.ArgumentCount;
        }

        if (parts.HasFlag(ScriptParts.Sweep))
        {
            foreach (var operation in first.Values)
            {
                Sweep(operation);
            }
        }

        return StoreReply.Array(versions);
    }

    private static bool IsHeld(IScriptContext context, StoreKey key, string owner) => owner[0] == LeaseFence.Member
        ? context.Call(SortedSets.Score(key, owner[1..])) is not null
        : LockValue.IsOf(context.Call(Strings.Get(key)), owner[1..]);

    // What a sweep stumbles over is no fault of the write.
    private static void Sweep(EntityWriteTwin operation)
    {
        try
        {
            operation.Sweep();
        }
        catch (WrongTypeException)
        {
            return;
        }
    }
}
