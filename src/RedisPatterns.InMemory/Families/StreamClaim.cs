using RedisPatterns.Commands;

namespace RedisPatterns.InMemory;

/// <summary>The ids and options of XCLAIM.</summary>
internal readonly record struct StreamClaim
{
    public StreamId[] Ids { get; private init; }

    /// <summary>When the entries count as delivered; null for now.</summary>
    public long? DeliveredAt { get; private init; }

    /// <summary>How often they count as delivered; negative for once more.</summary>
    public long RetryCount { get; private init; }

    public bool Force { get; private init; }

    public bool JustIds { get; private init; }

    public StreamId LastId { get; private init; }

    /// <summary>Reads them from a command.</summary>
    public static StreamClaim Parse(StoreCommand command, int index, long now)
    {
        var ids = new List<StreamId>();
        for (; index < command.ArgumentCount && StreamIds.TryRead(command.Value(index).AsText()!, 0, out var id); index++)
        {
            ids.Add(id);
        }

        var claim = new StreamClaim { Ids = [.. ids], RetryCount = -1 };
        for (; index < command.ArgumentCount; index++)
        {
            var hasMore = command.ArgumentCount > index + 1;
            claim = command.IsWord(index, "FORCE") ? claim with { Force = true }
                : command.IsWord(index, "JUSTID") ? claim with { JustIds = true }
                : hasMore && command.IsWord(index, "IDLE") ? claim with { DeliveredAt = now - Number(command, ++index) }
                : hasMore && command.IsWord(index, "TIME") ? claim with { DeliveredAt = Number(command, ++index) }
                : hasMore && command.IsWord(index, "RETRYCOUNT") ? claim with { RetryCount = Number(command, ++index) }
                : hasMore && command.IsWord(index, "LASTID") ? claim with { LastId = command.StreamIdAt(++index) }
                : throw StoreErrors.FromServer("ERR Unrecognized XCLAIM option", command.Definition.Name);
        }

        return claim;
    }

    /// <summary>A number with an error of its own.</summary>
    public static long Number(StoreCommand command, int index) => command.Value(index).TryGetInt64(out var number)
        ? number
        : throw StoreErrors.FromServer("ERR Invalid argument of a claim", command.Definition.Name);
}
