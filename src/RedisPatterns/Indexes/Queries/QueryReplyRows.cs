using System.Collections;

namespace RedisPatterns;

/// <summary>The rows of an answer. Their ids are taken apart when the first row is asked for: who reads entities alone needs none.</summary>
internal sealed class QueryReplyRows : IReadOnlyList<QueryRow>
{
    private const char Separator = '\t';

    private readonly string _tokens;
    private readonly StoreReply _contents;
    private QueryRow[]? _rows;

    /// <summary>Reads the rows of an answer.</summary>
    /// <param name="tokens">The ids, with tabs in between: no id has one.</param>
    /// <param name="contents">What the call returned beside each; empty for nothing.</param>
    /// <param name="reply">The answer, to be told of when the numbers differ.</param>
    public QueryReplyRows(string tokens, StoreReply contents, StoreReply reply)
    {
        (_tokens, _contents) = (tokens, contents);
        Count = tokens.Length == 0 ? 0 : tokens.AsSpan().Count(Separator) + 1;
        if (contents.Items.Length > 0 && contents.Items.Length != Count)
        {
            throw Replies.Unexpected(reply);
        }
    }

    public static QueryReplyRows None { get; } = new("", StoreReply.Null, StoreReply.Null);

    public int Count { get; }

    public QueryRow this[int index] => (_rows ??= Split())[index];

    /// <summary>What the call returned beside a row.</summary>
    public StoreReply ContentOf(int index) => _contents.Items is { Length: > 0 } contents ? contents[index] : StoreReply.FromValue(StoreValue.Empty);

    public IEnumerator<QueryRow> GetEnumerator() => ((IEnumerable<QueryRow>)(_rows ??= Split())).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private QueryRow[] Split()
    {
        var rows = new QueryRow[Count];
        var i = 0;
        foreach (var token in _tokens.AsSpan().Split(Separator))
        {
            if (i < rows.Length)
            {
                rows[i] = new QueryRow(_tokens[token], ContentOf(i));
                i++;
            }
        }

        return rows;
    }
}
