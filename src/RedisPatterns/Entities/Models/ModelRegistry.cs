using System.Collections.Concurrent;
using System.Runtime.CompilerServices;

namespace RedisPatterns;

/// <summary>Which model has which name in the keyspaces of a store, so that two can not write over one another.</summary>
internal static class ModelRegistry
{
    private static readonly ConditionalWeakTable<IKeyValueStore, ConcurrentDictionary<string, (Type Type, string Shape)>> Stores = [];

    /// <summary>Registers a model in a keyspace.</summary>
    /// <exception cref="ModelException">Another model has the name there.</exception>
    public static void Register<T>(Keyspace keyspace, EntityModelBase<T> model)
        where T : class
    {
        var names = Stores.GetValue(keyspace.Store, static _ => new(StringComparer.Ordinal));
        var own = (model.GetType(), model.Closed.Shape.ScriptKey);
        var known = names.GetOrAdd(KeyGrammar.EntityPrefix(keyspace.Tag, model.Name), own);
        if (known != own)
        {
            throw new ModelException($"{model.Name}: {known.Type.Name} has this name in the keyspace already, or has it with other indexes; {own.Item1.Name} needs another.");
        }
    }
}
