using System.Globalization;

namespace RedisPatterns.Commands;

/// <summary>The common words and reply of <c>SCAN</c>, <c>HSCAN</c>, <c>SSCAN</c> and <c>ZSCAN</c>.</summary>
internal static class ScanCall
{
    /// <summary>Adds the cursor, <c>MATCH</c> and <c>COUNT</c>.</summary>
    public static ArgumentList AddTo(ArgumentList arguments, ulong cursor, string? pattern, int? count)
    {
        arguments.Add(cursor.ToString(CultureInfo.InvariantCulture));
        if (pattern is not null)
        {
            arguments.Add("MATCH").Add(pattern);
        }

        if (count is { } wanted)
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(wanted, 1, nameof(count));
            arguments.Add("COUNT").Add(wanted);
        }

        return arguments;
    }

    /// <summary>Reads a page whose items are read by <paramref name="items"/>.</summary>
    public static ReplyReader<ScanPage<T>> Page<T>(ReplyReader<T[]> items) => reply =>
        reply.Kind == StoreReplyKind.Array && reply.Items.Length == 2
        && ulong.TryParse(Replies.ToValue(reply.Items[0]).AsText(), NumberStyles.None, CultureInfo.InvariantCulture, out var cursor)
            ? new(cursor, items(reply.Items[1]))
            : throw Replies.Unexpected(reply);
}
