namespace RedisPatterns.InMemory;

/// <summary>The range and options of ZRANGE and ZRANGESTORE.</summary>
internal readonly record struct SortedSetRange
{
    private enum By
    {
        Rank,
        Score,
        Lex,
    }

    private By Kind { get; init; }

    private long Start { get; init; }

    private long Stop { get; init; }

    private ScoreBounds Scores { get; init; }

    private LexBounds Members { get; init; }

    private bool Reverse { get; init; }

    private long Offset { get; init; }

    private long Limit { get; init; }

    /// <summary>Whether scores are wanted.</summary>
    public bool WithScores { get; private init; }

    /// <summary>Reads them from a command.</summary>
    /// <param name="command">The command.</param>
    /// <param name="index">The index of the first end of the range.</param>
    /// <param name="stores">Whether the result is stored.</param>
    public static SortedSetRange Parse(StoreCommand command, int index, bool stores)
    {
        command.RequireCount(index + 2);
        var (kind, reverse, withScores, offset, limit) = (By.Rank, false, false, 0L, -1L);
        for (var i = index + 2; i < command.ArgumentCount; i++)
        {
            if (!stores && command.IsWord(i, "WITHSCORES"))
            {
                withScores = true;
            }
            else if (command.IsWord(i, "LIMIT") && command.ArgumentCount > i + 2)
            {
                offset = command.Int64(++i);
                limit = command.Int64(++i);
            }
            else if (command.IsWord(i, "REV"))
            {
                reverse = true;
            }
            else
            {
                kind = command.IsWord(i, "BYSCORE") ? By.Score
                    : command.IsWord(i, "BYLEX") ? By.Lex
                    : throw ServerErrors.Syntax(command.Definition.Name);
            }
        }

        if ((limit != -1 && kind == By.Rank) || (withScores && kind == By.Lex))
        {
            throw ServerErrors.Syntax(command.Definition.Name);
        }

        // Going down, the upper end comes first.
        var (min, max) = reverse ? (index + 1, index) : (index, index + 1);
        var range = new SortedSetRange { Kind = kind, Reverse = reverse, WithScores = withScores, Offset = offset, Limit = limit };
        return kind switch
        {
            By.Rank => range with { Start = command.Int64(index), Stop = command.Int64(index + 1) },
            By.Score => range with { Scores = ScoreBounds.Parse(command, min, max) },
            _ => range with { Members = LexBounds.Parse(command, min, max) },
        };
    }

    /// <summary>The members of the range, in its order.</summary>
    public SortedSetItem[] Read(SortedSetData data)
    {
        var (first, count) = Kind switch
        {
            By.Rank => LocateRanks(data.Length),
            By.Score => LocatePart(Scores.Locate(data)),
            _ => LocatePart(Members.Locate(data)),
        };
        var items = data.GetRange(first, count);
        if (Reverse)
        {
            items.AsSpan().Reverse();
        }

        return items;
    }

    private (int First, int Count) LocateRanks(int length) => CommandArguments.TryGetRange(Start, Stop, length, out var first, out var count)
        ? (Reverse ? length - first - count : first, count)
        : (0, 0);

    private (int First, int Count) LocatePart((int First, int Count) whole)
    {
        var (first, count) = whole;
        if (Offset < 0 || Offset >= count)
        {
            return (0, 0);
        }

        var rest = count - (int)Offset;
        var taken = Limit < 0 ? rest : (int)Math.Min(Limit, rest);
        return (Reverse ? first + rest - taken : first + (int)Offset, taken);
    }
}
