namespace RedisPatterns;

/// <summary>What is known of a string or of a hash field at a point of a batch.</summary>
/// <param name="Kind">What is known.</param>
/// <param name="Sum">What has been added to the initial integer, or appended to the initial string, so far.</param>
/// <param name="Value">The value, when it is known.</param>
internal readonly record struct ContentFact(ContentKind Kind, Int128 Sum = default, StoreValue Value = default)
{
    public static ContentFact Initial => default;

    public static ContentFact Absent => new(ContentKind.Absent);

    public static ContentFact Changed => new(ContentKind.Changed);

    public static ContentFact Float => new(ContentKind.Float);

    public static ContentFact Known(StoreValue value) => new(ContentKind.Known, 0, value);
}
