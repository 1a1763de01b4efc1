using System.Text.Json.Nodes;

namespace RedisPatterns;

/// <summary>The common steps of a schema upgrade.</summary>
public static class JsonObjectExtensions
{
    /// <summary>Renames a member, which keeps its place. Does nothing when there is none.</summary>
    /// <param name="json">The object.</param>
    /// <param name="from">The member's name.</param>
    /// <param name="to">Its new name.</param>
    /// <returns>The object.</returns>
    /// <exception cref="InvalidOperationException">There are members of both names.</exception>
    public static JsonObject Rename(this JsonObject json, string from, string to)
    {
        ArgumentNullException.ThrowIfNull(json);
        ArgumentNullException.ThrowIfNull(from);
        ArgumentNullException.ThrowIfNull(to);
        var at = json.IndexOf(from);
        if (at < 0 || from == to)
        {
            return json;
        }

        ThrowIfTaken(json, to);
        var value = json.GetAt(at).Value;
        json.RemoveAt(at);
        json.Insert(at, to, value);
        return json;
    }

    /// <summary>Adds a member. Does nothing when there is one of that name, even if it is null.</summary>
    /// <param name="json">The object.</param>
    /// <param name="name">The member's name.</param>
    /// <param name="value">Its value; copied when it is part of something else.</param>
    /// <returns>The object.</returns>
    public static JsonObject SetDefault(this JsonObject json, string name, JsonNode? value)
    {
        ArgumentNullException.ThrowIfNull(json);
        ArgumentNullException.ThrowIfNull(name);
        if (!json.ContainsKey(name))
        {
            json.Add(name, value?.Parent is null ? value : value.DeepClone());
        }

        return json;
    }

    /// <summary>Moves a member into a nested object, which is made when there is none. Does nothing when there is no such member.</summary>
    /// <param name="json">The object.</param>
    /// <param name="name">The member's name.</param>
    /// <param name="target">The name of the nested object.</param>
    /// <returns>The object.</returns>
    /// <exception cref="InvalidOperationException">The target is no object, or has a member of that name.</exception>
    public static JsonObject MoveInto(this JsonObject json, string name, string target)
    {
        ArgumentNullException.ThrowIfNull(json);
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(target);
        var at = json.IndexOf(name);
        if (at < 0)
        {
            return json;
        }

        if (name == target)
        {
            throw new InvalidOperationException($"The member '{name}' can not be moved into itself.");
        }

        var nested = json[target] switch
        {
            JsonObject existing => existing,
            null => null,
            _ => throw new InvalidOperationException($"The member '{target}' is not an object."),
        };
        if (nested is not null)
        {
            ThrowIfTaken(nested, name);
        }

        var value = json.GetAt(at).Value;
        json.RemoveAt(at);
        if (nested is null)
        {
            json[target] = new JsonObject { [name] = value };
        }
        else
        {
            nested.Add(name, value);
        }

        return json;
    }

    /// <summary>Moves a member out of a nested object, which stays, even if empty. Does nothing when there is no such member.</summary>
    /// <param name="json">The object.</param>
    /// <param name="source">The name of the nested object.</param>
    /// <param name="name">The member's name.</param>
    /// <returns>The object.</returns>
    /// <exception cref="InvalidOperationException">There is a member of that name already.</exception>
    public static JsonObject MoveOutOf(this JsonObject json, string source, string name)
    {
        ArgumentNullException.ThrowIfNull(json);
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(name);
        if (json[source] is not JsonObject nested || !nested.TryGetPropertyValue(name, out var value))
        {
            return json;
        }

        ThrowIfTaken(json, name);
        nested.Remove(name);
        json.Add(name, value);
        return json;
    }

    private static void ThrowIfTaken(JsonObject json, string name)
    {
        if (json.ContainsKey(name))
        {
            throw new InvalidOperationException($"There is a member '{name}' already.");
        }
    }
}
