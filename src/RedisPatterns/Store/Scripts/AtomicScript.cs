using System.Security.Cryptography;
using System.Text;

namespace RedisPatterns;

/// <summary>A script: Lua for servers, and optionally a C# twin that does the same in memory.</summary>
public abstract class AtomicScript
{
    private protected AtomicScript(string name, string lua, ScriptTwin? twin, bool isReadOnly, bool isRepeatable)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        ArgumentException.ThrowIfNullOrWhiteSpace(lua);
        Name = name;
        Lua = lua;
        Twin = twin;
        IsReadOnly = isReadOnly;
        IsRepeatable = isReadOnly || isRepeatable;
        var digest = Sha1(lua);
        DigestBytes = digest;
        Digest = Convert.ToHexStringLower(digest);
    }

    /// <summary>The name, for errors and telemetry.</summary>
    public string Name { get; }

    /// <summary>The Lua text; it finds its keys in <c>KEYS</c> and its arguments in <c>ARGV</c>.</summary>
    public string Lua { get; }

    /// <summary>The SHA-1 of the text in hexadecimal, by which a server knows the script.</summary>
    public string Digest { get; }

    /// <summary>The twenty bytes of <see cref="Digest"/>.</summary>
    public ReadOnlyMemory<byte> DigestBytes { get; }

    /// <summary>The same logic in C#, or null.</summary>
    public ScriptTwin? Twin { get; }

    /// <summary>Whether the script writes nothing, so that a replica may run it.</summary>
    public bool IsReadOnly { get; }

    /// <summary>Whether a call that got no answer may be sent again without harm: it reads, or running it twice is the same as once.</summary>
    public bool IsRepeatable { get; }

    /// <summary>The function that a server with Redis Functions runs in the script's place, or null.</summary>
    public LibraryFunction? Function { get; private protected init; }

    /// <summary>The name.</summary>
    public override string ToString() => Name;

    // The digest is the server's name for the text, not a safeguard.
#pragma warning disable CA5350
    private static byte[] Sha1(string lua) => SHA1.HashData(Encoding.UTF8.GetBytes(lua));
#pragma warning restore CA5350
}
