namespace RedisPatterns;

/// <summary>A channel to listen to, or a glob pattern of channels.</summary>
/// <param name="Name">The channel's name or the pattern.</param>
/// <param name="IsPattern">Whether the name is a pattern.</param>
public readonly record struct StoreChannel(StoreValue Name, bool IsPattern = false)
{
    /// <summary>The channel of that name.</summary>
    /// <param name="name">The name.</param>
    public static implicit operator StoreChannel(string name) => new(name);
}
