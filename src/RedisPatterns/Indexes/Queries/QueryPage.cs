namespace RedisPatterns;

/// <summary>A page of a query.</summary>
/// <typeparam name="TItem">What it lists.</typeparam>
/// <param name="Items">What was found, in order.</param>
/// <param name="Cursor">Asks for the next page; null when this is the last one. Opaque; a URL can hold it.</param>
public sealed record QueryPage<TItem>(IReadOnlyList<TItem> Items, string? Cursor);
