namespace RedisPatterns;

/// <summary>
/// The script that answers a call of a query: it picks the index to drive by from their sizes, goes through at most a budget
/// of entries, tests them in blocks against the other indexes, and returns what was asked for.
/// </summary>
/// <remarks>
/// <para>Plans: <c>W</c> walks the index that gives the order from a place in it; <c>C</c> collects the smallest index whole,
/// tests and orders it; <c>P</c> goes through an index that is larger than the budget in pieces, whose rows the caller
/// orders; <c>M</c> goes through the memos, the list of all entities. A call that could not finish within the budget gives a
/// place to go on from. <c>N</c> has counted.</para>
/// <para>Keys: the prefixes of entities and memo buckets, the catalogue, those of the indexes. Arguments: the greatest number
/// of rows, 0 for all; the budget; what is wanted; the kind of the order, the number of its key, its direction, its segment
/// in memos, its name, the centre's longitude and latitude; plan and place to go on with; the place in the order behind which
/// to begin; the stamp of the model's shape; what to tell beside the rows; the layout and the names of what is read of an entity; the
/// conjuncts.</para>
/// <para>Answers: plan, whether it is done, how many entries it touched, the place to go on from, how many rows it found,
/// whether there may be more, the place of the last row, the number of items of the rows, these, and what it knew.</para>
/// </remarks>
internal static class QueryScript
{
    /// <summary>The number of arguments before the names of what is read.</summary>
    public const int HeadLength = 19;

    public static AtomicScript<QueryReply> Script { get; } = new(
        "query",
        QueryLua.Head + QueryLua.Parse + QueryLua.Memos + QueryLua.Tests + QueryLua.Reading + QueryLua.Rows + QueryLua.Sources + QueryLua.Orders + QueryLua.Plans,
        QueryReply.Read,
        context => new QueryTwin(context).Run(),
        isReadOnly: true);
}
