using System.Runtime.InteropServices;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace RedisPatterns;

/// <summary>Keeps what newer code has stored and this code does not know when this code writes.</summary>
internal static class UnknownMembers
{
    /// <summary>
    /// The written document with the members of the stored one that the type does not know, in it and in nested objects; not
    /// within arrays, dictionaries, types with a converter of their own, and what extension data holds already.
    /// </summary>
    /// <param name="type">The type of the entity.</param>
    /// <param name="stored">The stored document, with its schema header; not of an older version than the written one.</param>
    /// <param name="written">The document about to be written, with its schema header.</param>
    /// <returns>The written document itself when there is nothing to keep. Its schema version is the greater of both.</returns>
    /// <exception cref="JsonException">One of both is no JSON.</exception>
    public static ReadOnlyMemory<byte> Merge(JsonTypeInfo type, ReadOnlyMemory<byte> stored, ReadOnlyMemory<byte> written)
    {
        SchemaHeader.TryRead(stored.Span, out var storedSchema, out var storedBody);
        SchemaHeader.TryRead(written.Span, out var writtenSchema, out var writtenBody);
        using var storedMembers = PooledBuffer.Rent();
        using var writtenMembers = PooledBuffer.Rent();
        SchemaHeader.WriteBody(stored.Span, storedBody, storedMembers);
        SchemaHeader.WriteBody(written.Span, writtenBody, writtenMembers);

        var options = JsonStyle.DocumentOptionsOf(type.Options);
        using var before = JsonDocument.Parse(storedMembers.WrittenMemory, options);
        using var after = JsonDocument.Parse(writtenMembers.WrittenMemory, options);
        using var merged = PooledBuffer.Rent();
        return WriteMerged(type, before.RootElement, after.RootElement, merged) || storedSchema > writtenSchema
            ? SchemaHeader.Write(Math.Max(storedSchema, writtenSchema), merged.ToArray())
            : written;
    }

    // Whether anything of what was stored is in it.
    private static bool WriteMerged(JsonTypeInfo? type, JsonElement stored, JsonElement written, PooledBuffer output)
    {
        if (stored.ValueKind != JsonValueKind.Object || written.ValueKind != JsonValueKind.Object || Concrete(type, stored, written) is not { } concrete)
        {
            output.Write(JsonMarshal.GetRawUtf8Value(written));
            return false;
        }

        var kept = false;
        output.Write((byte)'{');
        foreach (var member in written.EnumerateObject())
        {
            WriteName(member, output);
            if (member.Value.ValueKind == JsonValueKind.Object && stored.TryGetProperty(member.Name, out var storedValue))
            {
                kept |= WriteMerged(TypeOf(concrete, member), storedValue, member.Value, output);
            }
            else
            {
                output.Write(JsonMarshal.GetRawUtf8Value(member.Value));
            }
        }

        foreach (var member in stored.EnumerateObject().Where(member => IsUnknown(concrete, member) && !written.TryGetProperty(member.Name, out _)))
        {
            kept = true;
            WriteName(member, output);
            output.Write(JsonMarshal.GetRawUtf8Value(member.Value));
        }

        output.Write((byte)'}');
        return kept;
    }

    private static void WriteName(JsonProperty member, PooledBuffer output)
    {
        // No value ends with a brace that opens.
        if (output.WrittenSpan[^1] != (byte)'{')
        {
            output.Write((byte)',');
        }

        output.Write((byte)'"');
        output.Write(JsonMarshal.GetRawUtf8PropertyName(member));
        output.Write("\":"u8);
    }

    private static bool IsUnknown(JsonTypeInfo type, JsonProperty member)
    {
        // References are valid in the document alone that they were written in.
        if (member.NameEquals("$id") || member.NameEquals("$ref") || member.NameEquals("$values"))
        {
            return false;
        }

        foreach (var property in type.Properties)
        {
            if (property.IsExtensionData || IsNamed(type, property, member))
            {
                return false;
            }
        }

        return true;
    }

    private static bool IsNamed(JsonTypeInfo type, JsonPropertyInfo property, JsonProperty member) => type.Options.PropertyNameCaseInsensitive
        ? string.Equals(property.Name, member.Name, StringComparison.OrdinalIgnoreCase)
        : member.NameEquals(property.Name);

    private static JsonTypeInfo? TypeOf(JsonTypeInfo owner, JsonProperty member)
    {
        var property = owner.Properties.FirstOrDefault(property => IsNamed(owner, property, member));
        return property is null || property.CustomConverter is not null ? null : Find(owner.Options, property.PropertyType);
    }

    private static JsonTypeInfo? Find(JsonSerializerOptions options, Type type) =>
        options.TryGetTypeInfo(Nullable.GetUnderlyingType(type) ?? type, out var info) ? info : null;

    // The type whose members these are; null when that can not be told, or the one is not of the other's type.
    private static JsonTypeInfo? Concrete(JsonTypeInfo? type, JsonElement stored, JsonElement written)
    {
        if (type is not { Kind: JsonTypeInfoKind.Object })
        {
            return null;
        }

        if (type.PolymorphismOptions is not { } options)
        {
            return type;
        }

        var name = options.TypeDiscriminatorPropertyName;
        var isSaid = written.TryGetProperty(name, out var discriminator);
        if (isSaid != stored.TryGetProperty(name, out var storedDiscriminator))
        {
            return null;
        }

        if (!isSaid)
        {
            return type;
        }

        var derived = options.DerivedTypes.FirstOrDefault(derived => IsSaid(discriminator, derived.TypeDiscriminator));
        return JsonElement.DeepEquals(discriminator, storedDiscriminator) && derived.DerivedType is { } known ? Find(type.Options, known) : null;
    }

    private static bool IsSaid(JsonElement discriminator, object? value) => value switch
    {
        string text => discriminator.ValueKind == JsonValueKind.String && discriminator.ValueEquals(text),
        int number => discriminator.ValueKind == JsonValueKind.Number && discriminator.TryGetInt32(out var said) && said == number,
        _ => false,
    };
}
