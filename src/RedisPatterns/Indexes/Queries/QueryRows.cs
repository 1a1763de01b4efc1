namespace RedisPatterns;

/// <summary>The rows of a query, or of a page of one.</summary>
/// <param name="Rows">The rows in order.</param>
/// <param name="Last">The place of the last row in the order, or that from which it began.</param>
/// <param name="HasMore">Whether there may be more behind it.</param>
internal sealed record QueryRows(IReadOnlyList<QueryRow> Rows, QueryPosition Last, bool HasMore)
{
    /// <summary>What a call returned beside a row; does not ask for the row's id.</summary>
    public StoreReply ContentOf(int index) => Rows is QueryReplyRows answered ? answered.ContentOf(index) : Rows[index].Content;
}
