using System.Text.Json.Serialization.Metadata;

namespace RedisPatterns;

/// <summary>A field of a model: a top-level member of the entity's JSON that can be read and patched on its own.</summary>
/// <typeparam name="T">The type of the entities.</typeparam>
public abstract class EntityField<T>
    where T : class
{
    private protected EntityField(EntityModelBase<T> model, string name)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        Model = model;
        Name = name;
    }

    /// <summary>The name of the member in the JSON.</summary>
    public string Name { get; }

    internal EntityModelBase<T> Model { get; }

    /// <summary>Whether a document without the member can not be read.</summary>
    internal bool IsRequired { get; private set; }

    /// <summary>The name of the model and of the field.</summary>
    public override string ToString() => $"{Model.Name}.{Name}";

    /// <summary>Takes what serialization needs to know from the model's contract.</summary>
    internal void Bind(JsonTypeInfo<T> json)
    {
        foreach (var member in json.Properties)
        {
            if (member.Name == Name)
            {
                if ((member.NumberHandling ?? json.NumberHandling) is { } handling && handling != json.Options.NumberHandling)
                {
                    throw new ModelException($"{this}: a member with a number handling of its own can not be a field.");
                }

                IsRequired = member.IsRequired;
                Bind(json, member);
                return;
            }
        }

        throw new ModelException($"{this}: the JSON of {typeof(T).Name} has no member of this name.");
    }

    private protected abstract void Bind(JsonTypeInfo<T> json, JsonPropertyInfo member);

    /// <summary>The field's value of an entity.</summary>
    internal abstract object? ValueOf(T entity);
}
