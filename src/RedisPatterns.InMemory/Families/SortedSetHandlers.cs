namespace RedisPatterns.InMemory;

/// <summary>Sorted sets.</summary>
internal static partial class SortedSetHandlers
{
    public static void Register(HandlerTable table)
    {
        table.Add("ZADD", Add);
        table.Add("ZINCRBY", Increment);
        table.Add("ZREM", Remove);
        table.Add("ZSCORE", Score);
        table.Add("ZMSCORE", Scores);
        table.Add("ZCARD", Length);
        table.Add("ZRANK", static (context, command) => Rank(context, command, reverse: false));
        table.Add("ZREVRANK", static (context, command) => Rank(context, command, reverse: true));
        table.Add("ZRANDMEMBER", RandomMember);
        table.Add("ZSCAN", Scan);
        RegisterRanges(table);
        RegisterPops(table);
        RegisterAlgebra(table);
    }

    /// <summary>A score as a reply.</summary>
    public static StoreReply ScoreReply(double score) => StoreReply.FromValue(score);

    /// <summary>A member, as it is held.</summary>
    public static StoreValue Member(this StoreCommand command, int index) => SortedSetData.MemberOf(command.Value(index));

    private static StoreReply Increment(CommandContext context, StoreCommand command)
    {
        command.RequireCount(3, 3);
        return AddAll(context, command, AddOptions.Increment, [command.Double(1)], firstMember: 2, step: 1);
    }

    private static StoreReply Remove(CommandContext context, StoreCommand command)
    {
        command.RequireCount(2);
        var key = command.Key(0);
        if (context.Get<SortedSetData>(key) is not { } data)
        {
            return StoreReply.Integer(0);
        }

        var removed = 0;
        for (var i = 1; i < command.ArgumentCount; i++)
        {
            removed += data.Remove(command.Member(i)) ? 1 : 0;
        }

        context.RemoveIfEmpty(key, data);
        return StoreReply.Integer(removed);
    }

    private static StoreReply Score(CommandContext context, StoreCommand command)
    {
        command.RequireCount(2, 2);
        return ScoreOf(context.Get<SortedSetData>(command.Key(0)), command.Member(1));
    }

    private static StoreReply Scores(CommandContext context, StoreCommand command)
    {
        command.RequireCount(2);
        var data = context.Get<SortedSetData>(command.Key(0));
        var replies = new StoreReply[command.ArgumentCount - 1];
        for (var i = 0; i < replies.Length; i++)
        {
            replies[i] = ScoreOf(data, command.Member(i + 1));
        }

        return StoreReply.Array(replies);
    }

    private static StoreReply Length(CommandContext context, StoreCommand command)
    {
        command.RequireCount(1, 1);
        return StoreReply.Integer(context.Get<SortedSetData>(command.Key(0))?.Count ?? 0);
    }

    private static StoreReply Rank(CommandContext context, StoreCommand command, bool reverse)
    {
        command.RequireCount(2, 2);
        var member = command.Member(1);
        if (context.Get<SortedSetData>(command.Key(0)) is not { } data || !data.TryGetScore(member, out var score))
        {
            return StoreReply.Null;
        }

        var rank = data.RankOf(member, score);
        return StoreReply.Integer(reverse ? data.Length - 1 - rank : rank);
    }

    private static StoreReply RandomMember(CommandContext context, StoreCommand command)
    {
        command.RequireCount(1, 3);
        if (command.ArgumentCount == 1)
        {
            return context.Get<SortedSetData>(command.Key(0)) is { } all
                ? StoreReply.FromValue(all.ItemAt(context.Random.Next(all.Length)).Member)
                : StoreReply.Null;
        }

        var count = command.Int64(1);
        var withScores = command.ArgumentCount == 3;
        if (withScores && !command.IsWord(2, "WITHSCORES"))
        {
            throw ServerErrors.Syntax(context.CommandName);
        }

        if (count == long.MinValue || (withScores && count is < long.MinValue / 2 or > long.MaxValue / 2))
        {
            throw StoreErrors.FromServer("ERR value is out of range", context.CommandName);
        }

        if (context.Get<SortedSetData>(command.Key(0)) is not { } data)
        {
            return StoreReply.Array();
        }

        var items = RandomIndexes.Pick(context.Random, data.Length, count).Select(data.ItemAt).ToArray();
        return ItemsReply(items, withScores);
    }

    private static StoreReply Scan(CommandContext context, StoreCommand command)
    {
        var options = ScanOptions.Parse(command, 1);
        var replies = new List<StoreReply>();
        if (context.Get<SortedSetData>(command.Key(0)) is not { } data)
        {
            return ScanOptions.Reply(0, replies);
        }

        var (first, last) = options.GetWindow(data.Length);
        for (var i = first - 1; i >= last; i--)
        {
            var (member, score) = data.ItemAt(i);
            if (options.Matches(member))
            {
                replies.Add(StoreReply.FromValue(member));
                replies.Add(ScoreReply(score));
            }
        }

        return ScanOptions.Reply(last, replies);
    }

    private static StoreReply ScoreOf(SortedSetData? data, StoreValue member) =>
        data is not null && data.TryGetScore(member, out var score) ? ScoreReply(score) : StoreReply.Null;

    private static StoreReply ItemsReply(ReadOnlySpan<SortedSetItem> items, bool withScores)
    {
        var step = withScores ? 2 : 1;
        var replies = new StoreReply[items.Length * step];
        for (var i = 0; i < items.Length; i++)
        {
            replies[i * step] = StoreReply.FromValue(items[i].Member);
            if (withScores)
            {
                replies[(i * step) + 1] = ScoreReply(items[i].Score);
            }
        }

        return StoreReply.Array(replies);
    }
}
