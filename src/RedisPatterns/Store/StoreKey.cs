using System.Text;

namespace RedisPatterns;

/// <summary>The name of a key: text (sent as UTF-8) or bytes, without a copy.</summary>
/// <remarks>
/// A key made from text must be well-formed UTF-16. <c>default(StoreKey)</c> is no key: a command refuses it.
/// Keys built by hand are for the store's own API; repositories and indexes take theirs from <see cref="Keyspace"/>.
/// </remarks>
public readonly struct StoreKey : IEquatable<StoreKey>
{
    private readonly object? _name;

    /// <summary>A key named by text.</summary>
    /// <param name="name">The name; the empty string is a valid key.</param>
    /// <exception cref="ArgumentException">The text holds a lone surrogate, which has no UTF-8 form.</exception>
    public StoreKey(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        Utf8.ThrowIfMalformed(name, nameof(name));
        _name = name;
    }

    /// <summary>A key named by bytes. The array is not copied and must not change afterwards.</summary>
    /// <param name="name">The name; an empty array is a valid key.</param>
    public StoreKey(byte[] name)
    {
        ArgumentNullException.ThrowIfNull(name);
        _name = name;
    }

    /// <summary>Whether this is <c>default(StoreKey)</c>, which names nothing.</summary>
    public bool IsNull => _name is null;

    internal object? Name => _name;

    /// <summary>A key named by text.</summary>
    /// <param name="name">The name.</param>
    public static implicit operator StoreKey(string name) => new(name);

    /// <summary>A key named by bytes, without a copy.</summary>
    /// <param name="name">The name.</param>
    public static implicit operator StoreKey(byte[] name) => new(name);

    /// <summary>Whether two keys have the same bytes.</summary>
    /// <param name="left">One key.</param>
    /// <param name="right">The other.</param>
    public static bool operator ==(StoreKey left, StoreKey right) => left.Equals(right);

    /// <summary>Whether two keys differ in their bytes.</summary>
    /// <param name="left">One key.</param>
    /// <param name="right">The other.</param>
    public static bool operator !=(StoreKey left, StoreKey right) => !left.Equals(right);

    /// <summary>The text that the key was made from, when it was made from text.</summary>
    /// <param name="text">The text.</param>
    /// <returns>False for a key made from bytes and for <c>default</c>.</returns>
    public bool TryGetText([System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out string? text)
    {
        text = _name as string;
        return text is not null;
    }

    /// <summary>The key's bytes; copied only when the key was made from text.</summary>
    public byte[] ToArray() => _name switch
    {
        string text => Encoding.UTF8.GetBytes(text),
        byte[] bytes => bytes,
        _ => [],
    };

    /// <inheritdoc/>
    public bool Equals(StoreKey other) => (_name, other._name) switch
    {
        (null, null) => true,
        (null, _) or (_, null) => false,
        (string left, string right) => string.Equals(left, right, StringComparison.Ordinal),
        _ => ToArray().AsSpan().SequenceEqual(other.ToArray()),
    };

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is StoreKey other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => _name is null ? 0 : Utf8.HashOf(_name);

    /// <summary>The key as text; bytes that are not UTF-8 are shown as replacement characters.</summary>
    public override string ToString() => _name switch
    {
        string text => text,
        byte[] bytes => Encoding.UTF8.GetString(bytes),
        _ => "",
    };
}
