namespace RedisPatterns;

/// <summary>A model in a keyspace whose totals can be counted again, whatever the type of its entities.</summary>
internal interface IRecountedStorage
{
    /// <summary>The name of the model.</summary>
    string Name { get; }

    /// <summary>Counts the totals again.</summary>
    ValueTask<RecountReport> RecountAsync(RecountOptions options, CancellationToken cancellationToken);
}
