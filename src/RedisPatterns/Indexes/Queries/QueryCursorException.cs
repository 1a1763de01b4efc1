namespace RedisPatterns;

/// <summary>A cursor is none, or belongs to another query.</summary>
public sealed class QueryCursorException : ArgumentException
{
    internal QueryCursorException(string message)
        : base(message)
    {
    }
}
