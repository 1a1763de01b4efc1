using System.Globalization;

namespace RedisPatterns.InMemory;

/// <summary>The cursor and options of SCAN, HSCAN, SSCAN and ZSCAN.</summary>
/// <remarks>A cursor is the index below which nothing has been looked at yet; 0 begins and ends the walk.</remarks>
internal readonly record struct ScanOptions(ulong Cursor, int Count, GlobPattern Pattern, string? TypeName)
{
    /// <summary>Reads them from a command.</summary>
    /// <param name="command">The command.</param>
    /// <param name="index">The index of the cursor.</param>
    /// <param name="withType">Whether TYPE is an option.</param>
    public static ScanOptions Parse(StoreCommand command, int index, bool withType = false)
    {
        var name = command.Definition.Name;
        if (!ulong.TryParse(command.Value(index).AsText(), NumberStyles.None, CultureInfo.InvariantCulture, out var cursor))
        {
            throw ServerErrors.InvalidCursor(name);
        }

        var (count, pattern, type) = (10L, new GlobPattern("*"u8.ToArray()), (string?)null);
        for (var i = index + 1; i < command.ArgumentCount; i += 2)
        {
            if (command.IsWord(i, "COUNT"))
            {
                count = command.Int64(i + 1);
                if (count < 1)
                {
                    throw ServerErrors.Syntax(name);
                }
            }
            else if (command.IsWord(i, "MATCH"))
            {
                pattern = new GlobPattern(command.Value(i + 1).ToArray()!);
            }
            else if (withType && command.IsWord(i, "TYPE"))
            {
                type = command.Value(i + 1).AsText();
            }
            else
            {
                throw ServerErrors.Syntax(name);
            }
        }

        return new(cursor, (int)Math.Min(count, int.MaxValue), pattern, type);
    }

    /// <summary>The indexes to look at in this call, to be walked downwards: from <c>First - 1</c> to <c>Last</c>, which is the next cursor.</summary>
    /// <param name="total">The number of elements there are.</param>
    public (int First, int Last) GetWindow(long total)
    {
        var first = Cursor == 0 ? (int)total : (int)Math.Min(Cursor, (ulong)total);
        return (first, Math.Max(first - Count, 0));
    }

    /// <summary>Whether an element is wanted.</summary>
    public bool Matches(StoreValue element) => Pattern.IsAll || Pattern.IsMatch(element.AsMemory().Span);

    /// <summary>The reply: the next cursor and the elements.</summary>
    public static StoreReply Reply(int next, List<StoreReply> items) =>
        StoreReply.Array(StoreReply.FromValue(next.ToString(CultureInfo.InvariantCulture)), StoreReply.Array([.. items]));
}
