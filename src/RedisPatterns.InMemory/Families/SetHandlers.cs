namespace RedisPatterns.InMemory;

/// <summary>Sets: one at a time.</summary>
internal static partial class SetHandlers
{
    private static readonly StoreReply EmptyArray = StoreReply.Array();

    public static void Register(HandlerTable table)
    {
        table.Add("SADD", Add);
        table.Add("SREM", Remove);
        table.Add("SMEMBERS", Members);
        table.Add("SISMEMBER", IsMember);
        table.Add("SMISMEMBER", AreMembers);
        table.Add("SCARD", Card);
        table.Add("SPOP", Pop);
        table.Add("SRANDMEMBER", RandomMember);
        table.Add("SMOVE", Move);
        table.Add("SSCAN", Scan);
        table.Add("SINTER", static (context, command) => Reply(Intersect(context, command)));
        table.Add("SUNION", static (context, command) => Reply(Union(context, command)));
        table.Add("SDIFF", static (context, command) => Reply(Difference(context, command)));
        table.Add("SINTERCARD", IntersectCard);
        table.Add("SINTERSTORE", static (context, command) => Store(context, command, Intersect(context, command, 1)));
        table.Add("SUNIONSTORE", static (context, command) => Store(context, command, Union(context, command, 1)));
        table.Add("SDIFFSTORE", static (context, command) => Store(context, command, Difference(context, command, 1)));
    }

    private static StoreReply Add(CommandContext context, StoreCommand command)
    {
        command.RequireCount(2);
        var set = context.GetOrAdd<SetData>(command.Key(0));
        var added = 0;
        for (var i = 1; i < command.ArgumentCount; i++)
        {
            added += set.Add(command.Value(i)) ? 1 : 0;
        }

        return StoreReply.Integer(added);
    }

    private static StoreReply Remove(CommandContext context, StoreCommand command)
    {
        command.RequireCount(2);
        var key = command.Key(0);
        if (context.Get<SetData>(key) is not { } set)
        {
            return StoreReply.Integer(0);
        }

        var removed = 0;
        for (var i = 1; i < command.ArgumentCount; i++)
        {
            removed += set.Remove(command.Value(i)) ? 1 : 0;
        }

        context.RemoveIfEmpty(key, set);
        return StoreReply.Integer(removed);
    }

    private static StoreReply Members(CommandContext context, StoreCommand command) =>
        context.Get<SetData>(command.Key(0)) is { } set ? AllMembers(set) : EmptyArray;

    private static StoreReply IsMember(CommandContext context, StoreCommand command) =>
        StoreReply.Integer(context.Get<SetData>(command.Key(0))?.Contains(command.Value(1)) == true ? 1 : 0);

    private static StoreReply AreMembers(CommandContext context, StoreCommand command)
    {
        command.RequireCount(2);
        var set = context.Get<SetData>(command.Key(0));
        var replies = new StoreReply[command.ArgumentCount - 1];
        for (var i = 0; i < replies.Length; i++)
        {
            replies[i] = StoreReply.Integer(set?.Contains(command.Value(i + 1)) == true ? 1 : 0);
        }

        return StoreReply.Array(replies);
    }

    private static StoreReply Card(CommandContext context, StoreCommand command) =>
        StoreReply.Integer(context.Get<SetData>(command.Key(0))?.Count ?? 0);

    private static StoreReply Pop(CommandContext context, StoreCommand command)
    {
        command.RequireCount(1, 2);
        var key = command.Key(0);
        if (command.ArgumentCount == 1)
        {
            if (context.Get<SetData>(key) is not { } single)
            {
                return StoreReply.Null;
            }

            var member = TakeAny(context, single);
            context.RemoveIfEmpty(key, single);
            return member;
        }

        var count = command.CountAt(1);
        if (context.Get<SetData>(key) is not { } set || count == 0)
        {
            return EmptyArray;
        }

        if (count >= set.Count)
        {
            var all = AllMembers(set);
            context.Database.Remove(key);
            return all;
        }

        var popped = new StoreReply[(int)count];
        for (var i = 0; i < popped.Length; i++)
        {
            popped[i] = TakeAny(context, set);
        }

        return StoreReply.Array(popped);
    }

    private static StoreReply RandomMember(CommandContext context, StoreCommand command)
    {
        command.RequireCount(1, 2);
        if (command.ArgumentCount == 1)
        {
            return context.Get<SetData>(command.Key(0)) is { } single
                ? StoreReply.FromValue(single.MemberAt(context.Random.Next((int)single.Count)))
                : StoreReply.Null;
        }

        var count = command.SignedCountAt(1);
        if (context.Get<SetData>(command.Key(0)) is not { } set || count == 0)
        {
            return EmptyArray;
        }

        var total = (int)set.Count;
        if (count >= total)
        {
            return AllMembers(set);
        }

        if (count < -Array.MaxLength)
        {
            throw StoreErrors.FromServer("ERR value is out of range", context.CommandName);
        }

        var picked = new StoreReply[(int)Math.Abs(count)];
        var known = count > 0 ? new HashSet<int>(picked.Length) : null;
        for (var i = 0; i < picked.Length; i++)
        {
            // Floyd's way to draw different indexes; with repetitions any index will do.
            var last = total - picked.Length + i;
            var index = context.Random.Next(known is null ? total : last + 1);
            if (known?.Add(index) == false)
            {
                known.Add(index = last);
            }

            picked[i] = StoreReply.FromValue(set.MemberAt(index));
        }

        return StoreReply.Array(picked);
    }

    private static StoreReply Move(CommandContext context, StoreCommand command)
    {
        var (sourceKey, destinationKey, member) = (command.Key(0), command.Key(1), command.Value(2));
        if (context.Get<SetData>(sourceKey) is not { } source)
        {
            return StoreReply.Integer(0);
        }

        var destination = context.Get<SetData>(destinationKey);
        if (source == destination)
        {
            return StoreReply.Integer(source.Contains(member) ? 1 : 0);
        }

        if (!source.Remove(member))
        {
            return StoreReply.Integer(0);
        }

        context.RemoveIfEmpty(sourceKey, source);
        context.GetOrAdd<SetData>(destinationKey).Add(member);
        return StoreReply.Integer(1);
    }

    private static StoreReply Scan(CommandContext context, StoreCommand command)
    {
        var options = ScanOptions.Parse(command, 1);
        if (context.Get<SetData>(command.Key(0)) is not { } set)
        {
            return ScanOptions.Reply(0, []);
        }

        var (first, last) = options.GetWindow(set.Count);
        var found = new List<StoreReply>();
        for (var i = first - 1; i >= last; i--)
        {
            var member = set.MemberAt(i);
            if (options.Matches(member))
            {
                found.Add(StoreReply.FromValue(member));
            }
        }

        return ScanOptions.Reply(last, found);
    }

    private static StoreReply TakeAny(CommandContext context, SetData set)
    {
        var member = set.MemberAt(context.Random.Next((int)set.Count));
        set.Remove(member);
        return StoreReply.FromValue(member);
    }

    private static StoreReply AllMembers(SetData set)
    {
        var replies = new StoreReply[set.Count];
        for (var i = 0; i < replies.Length; i++)
        {
            replies[i] = StoreReply.FromValue(set.MemberAt(i));
        }

        return StoreReply.Array(replies);
    }
}
