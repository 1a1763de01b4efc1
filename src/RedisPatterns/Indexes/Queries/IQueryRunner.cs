namespace RedisPatterns;

/// <summary>Runs a query, in one keyspace or in several.</summary>
internal interface IQueryRunner<T>
    where T : class
{
    /// <summary>What tells the query from others.</summary>
    string Identity { get; }

    /// <summary>How many rows there are, at most so many.</summary>
    ValueTask<long> CountAsync(int? take, CancellationToken cancellationToken);

    /// <summary>The ids in order, as tokens.</summary>
    ValueTask<QueryResult<string>> ToTokensAsync(int? take, QueryPosition after, CancellationToken cancellationToken);

    /// <summary>The entities in order.</summary>
    ValueTask<QueryResult<T>> ToEntitiesAsync(int? take, QueryPosition after, Action<UnreadableEntity>? unreadable, CancellationToken cancellationToken);

    /// <summary>Some fields of the entities in order.</summary>
    ValueTask<QueryResult<EntityFields<T>>> ToFieldsAsync(int? take, QueryPosition after, Action<UnreadableEntity>? unreadable, CancellationToken cancellationToken);

    /// <summary>Tells how the query was answered.</summary>
    QueryExplanation Explain(int rows);
}
