using System.Text;
using System.Text.Json.Serialization.Metadata;

namespace RedisPatterns;

/// <summary>The member names of a model as strings, found by their UTF-8 bytes, so that reading makes no strings. Thread-safe.</summary>
internal sealed class NameTable
{
    private readonly (byte[] Bytes, string Name)[] _slots;
    private readonly byte[] _discriminator;

    /// <summary>A table.</summary>
    /// <param name="names">The names; others are answered too, but made anew each time.</param>
    /// <param name="discriminator">The member that says an object's type, which readers want before all others.</param>
    public NameTable(IEnumerable<string> names, string? discriminator = null)
    {
        string[] all = [.. names.Distinct(StringComparer.Ordinal)];
        _discriminator = discriminator is null ? [] : Encoding.UTF8.GetBytes(discriminator);
        _slots = new (byte[], string)[(int)System.Numerics.BitOperations.RoundUpToPowerOf2((uint)(2 * all.Length) + 1)];
        foreach (var name in all)
        {
            var bytes = Encoding.UTF8.GetBytes(name);
            var at = PlaceOf(bytes);
            while (_slots[at].Bytes is not null)
            {
                at = (at + 1) & (_slots.Length - 1);
            }

            _slots[at] = (bytes, name);
        }
    }

    /// <summary>The names of a type's members and of those of its declared derived types.</summary>
    public static NameTable Of(JsonTypeInfo type)
    {
        var names = type.Properties.Where(property => !property.IsExtensionData).Select(property => property.Name).ToList();
        foreach (var derived in type.PolymorphismOptions?.DerivedTypes ?? [])
        {
            if (type.Options.TryGetTypeInfo(derived.DerivedType, out var info))
            {
                names.AddRange(info.Properties.Where(property => !property.IsExtensionData).Select(property => property.Name));
            }
        }

        return new NameTable(names, type.PolymorphismOptions?.TypeDiscriminatorPropertyName);
    }

    /// <summary>A name as a string.</summary>
    public string Get(ReadOnlySpan<byte> name)
    {
        for (var at = PlaceOf(name); _slots[at].Bytes is { } bytes; at = (at + 1) & (_slots.Length - 1))
        {
            if (name.SequenceEqual(bytes))
            {
                return _slots[at].Name;
            }
        }

        return Encoding.UTF8.GetString(name);
    }

    /// <summary>A name as a string.</summary>
    public string Get(StoreValue name) => name.TryGetText(out var text) ? text : Get(name.GetBytes(stackalloc byte[128]));

    /// <summary>Whether a member must stand before the others: the discriminator, and metadata, which begins with <c>$</c>.</summary>
    public bool ComesFirst(ReadOnlySpan<byte> name) =>
        !name.IsEmpty && (name[0] == (byte)'$' || (name.Length == _discriminator.Length && name.SequenceEqual(_discriminator)));

    // Names of one model differ in their lengths, ends and middles as a rule.
    private int PlaceOf(ReadOnlySpan<byte> name)
    {
        var hash = name.IsEmpty ? 0u : (((((uint)name.Length * 31) + name[0]) * 31) + name[^1]) * 31 + name[name.Length / 2];
        return (int)((hash * 2654435769) >> 16) & (_slots.Length - 1);
    }
}
