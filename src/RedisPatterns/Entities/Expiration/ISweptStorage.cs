namespace RedisPatterns;

/// <summary>What can be swept, whatever the type of its entities.</summary>
internal interface ISweptStorage
{
    string Name { get; }

    ValueTask<long> SweepAsync(long limit, CancellationToken cancellationToken);
}
