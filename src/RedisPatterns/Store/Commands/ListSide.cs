namespace RedisPatterns.Commands;

/// <summary>An end of a list.</summary>
public enum ListSide
{
    /// <summary>The first element, index 0.</summary>
    Left,

    /// <summary>The last element, index -1.</summary>
    Right,
}
