using RedisPatterns.Commands;

namespace RedisPatterns.InMemory;

/// <summary>How XADD and XTRIM trim a stream.</summary>
internal readonly record struct StreamTrimming
{
    private const long DefaultLimit = 10_000;

    private long? MaxLength { get; init; }

    private StreamId? MinId { get; init; }

    private bool IsApproximate { get; init; }

    private long? Limit { get; init; }

    /// <summary>Whether there is anything to trim down to.</summary>
    public bool IsGiven => MaxLength is not null || MinId is not null;

    /// <summary>Reads an option, if it is one of these.</summary>
    /// <param name="command">The command.</param>
    /// <param name="index">The index of the option; afterwards that behind it.</param>
    /// <param name="trimming">What was read so far; afterwards with the option.</param>
    public static bool TryParse(StoreCommand command, ref int index, ref StreamTrimming trimming)
    {
        var hasMore = command.ArgumentCount > index + 1;
        var byLength = hasMore && command.IsWord(index, "MAXLEN");
        if (byLength || (hasMore && command.IsWord(index, "MINID")))
        {
            if (trimming.IsGiven)
            {
                throw StoreErrors.FromServer("ERR syntax error, MAXLEN and MINID options at the same time are not compatible", command.Definition.Name);
            }

            index++;
            var isApproximate = command.IsWord(index, "~");
            index += command.ArgumentCount > index + 1 && (isApproximate || command.IsWord(index, "=")) ? 1 : 0;
            trimming = byLength
                ? trimming with { MaxLength = NotNegative(command, index), IsApproximate = isApproximate }
                : trimming with { MinId = command.StreamIdAt(index), IsApproximate = isApproximate };
            index++;
            return true;
        }

        if (hasMore && command.IsWord(index, "LIMIT"))
        {
            trimming = trimming with { Limit = NotNegative(command, index + 1) };
            index += 2;
            return true;
        }

        return false;
    }

    /// <summary>Refuses a limit without anything to limit.</summary>
    public void ThrowIfContradictory(StoreCommand command)
    {
        if ((Limit > 0 && !IsGiven) || (Limit is not null && !IsApproximate))
        {
            throw StoreErrors.FromServer("ERR syntax error, LIMIT cannot be used without the special ~ option", command.Definition.Name);
        }
    }

    /// <summary>Trims a stream.</summary>
    /// <returns>How many entries were removed.</returns>
    public long Apply(StreamData stream)
    {
        var limit = !IsApproximate ? long.MaxValue : Limit == 0 ? long.MaxValue : Limit ?? DefaultLimit;
        var removed = 0L;
        while (stream.Nodes.Count > 0 && !(stream.Count <= MaxLength))
        {
            var node = stream.Nodes[0];
            if (removed + node.Entries.Count > limit)
            {
                break;
            }

            if (MaxLength is { } most ? stream.Count - node.Entries.Count >= most : node.LastId < MinId)
            {
                removed += node.Entries.Count;
                stream.RemoveFirstNode();
                continue;
            }

            if (IsApproximate)
            {
                break;
            }

            while (stream.First is { } first && (MaxLength is { } length ? stream.Count > length : first.Id < MinId))
            {
                stream.RemoveFirst();
                removed++;
            }

            break;
        }

        return removed;
    }

    private static long NotNegative(StoreCommand command, int index) => command.Int64(index) is var number and >= 0
        ? number
        : throw StoreErrors.FromServer("ERR The MAXLEN and LIMIT arguments must be >= 0.", command.Definition.Name);
}
