using System.Text.Json.Serialization.Metadata;

namespace RedisPatterns;

/// <summary>The model of a type of entities whose ids are strings.</summary>
/// <typeparam name="T">The type of the entities.</typeparam>
public abstract class EntityModel<T> : EntityModel<T, string>
    where T : class
{
    /// <summary>A model.</summary>
    /// <param name="name">The name, part of every key: 1 to 64 letters, digits, '-', '_' or '.'.</param>
    /// <param name="id">Gives an entity's id: any text that is not empty. Ids differ when they differ in any character.</param>
    /// <param name="json">How entities are written as JSON and read back; from a source-generated context.</param>
    /// <exception cref="ModelException">The name is not valid.</exception>
    protected EntityModel(string name, Func<T, string> id, JsonTypeInfo<T> json)
        : base(name, id, json)
    {
    }

    /// <summary>A model whose entities are written in another format than JSON.</summary>
    /// <param name="name">The name, part of every key: 1 to 64 letters, digits, '-', '_' or '.'.</param>
    /// <param name="id">Gives an entity's id: any text that is not empty. Ids differ when they differ in any character.</param>
    /// <param name="format">The format.</param>
    /// <exception cref="ModelException">The name is not valid.</exception>
    protected EntityModel(string name, Func<T, string> id, IEntityFormat<T> format)
        : base(name, id, format)
    {
    }
}
