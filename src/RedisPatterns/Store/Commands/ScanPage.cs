namespace RedisPatterns.Commands;

/// <summary>A page of a scan, with the cursor of the next one.</summary>
/// <typeparam name="T">What is scanned.</typeparam>
/// <param name="Cursor">Where the next page begins; 0 when this is the last.</param>
/// <param name="Items">What the page holds: possibly nothing, also in the middle of a scan.</param>
/// <remarks>
/// What is there during the whole scan comes at least once; what is added or removed meanwhile may come or not; an item may
/// come twice.
/// </remarks>
public sealed record ScanPage<T>(ulong Cursor, IReadOnlyList<T> Items)
{
    /// <summary>Whether the scan ends with this page.</summary>
    public bool IsLast => Cursor == 0;
}
