namespace RedisPatterns;

/// <summary>A library of functions as the servers hold it.</summary>
public sealed class FunctionLibraryStatus
{
    internal FunctionLibraryStatus(string name, IReadOnlyList<FunctionLibraryCopy> copies, IReadOnlyList<string> missingOn)
    {
        (Name, Copies, MissingOn) = (name, copies, missingOn);
        Version = copies.Max(copy => copy.Version);
        var first = copies[0];
        IsEverywhereTheSame = missingOn.Count == 0 && copies.All(copy =>
            copy.Version == first.Version && copy.Digest == first.Digest && copy.Functions.SequenceEqual(first.Functions, StringComparer.Ordinal));
    }

    /// <summary>The name.</summary>
    public string Name { get; }

    /// <summary>The greatest version that a server has; null when the library is not a <see cref="FunctionLibrary"/>.</summary>
    public int? Version { get; }

    /// <summary>What each server that has the library holds of it.</summary>
    public IReadOnlyList<FunctionLibraryCopy> Copies { get; }

    /// <summary>The servers that lack it.</summary>
    public IReadOnlyList<string> MissingOn { get; }

    /// <summary>Whether all servers have the library, of one version and with the same functions.</summary>
    public bool IsEverywhereTheSame { get; }

    /// <summary>The names of the functions of the newest copy, in order.</summary>
    public IReadOnlyList<string> Functions => Copies.First(copy => copy.Version == Version).Functions;

    /// <summary>The name, the version, and whether servers differ.</summary>
    public override string ToString() => $"{Name}, {(Version is { } version ? $"version {version}" : "no version")}{(IsEverywhereTheSame ? "" : ", servers differ")}";
}
