namespace RedisPatterns.InMemory;

// Several sets together.
internal static partial class SetHandlers
{
    private static StoreReply IntersectCard(CommandContext context, StoreCommand command)
    {
        command.RequireCount(2);
        var count = command.Int64AtLeast(0, 1, "numkeys should be greater than 0");
        if (count > command.ArgumentCount - 1)
        {
            throw StoreErrors.FromServer("ERR Number of keys can't be greater than number of args", context.CommandName);
        }

        var limit = 0L;
        for (var i = (int)count + 1; i < command.ArgumentCount; i += 2)
        {
            if (!command.IsWord(i, "LIMIT"))
            {
                throw ServerErrors.Syntax(context.CommandName);
            }

            limit = command.Int64AtLeast(i + 1, 0, "LIMIT can't be negative");
        }

        var members = CommonMembers(Sources(context, command, 1, (int)count), limit == 0 ? long.MaxValue : limit);
        return StoreReply.Integer(members.Count);
    }

    private static List<StoreValue> Intersect(CommandContext context, StoreCommand command, int from = 0) =>
        CommonMembers(Sources(context, command, from), long.MaxValue);

    private static List<StoreValue> Union(CommandContext context, StoreCommand command, int from = 0)
    {
        var found = new List<StoreValue>();
        var known = new HashSet<StoreValue>();
        foreach (var set in Sources(context, command, from))
        {
            for (var i = 0; i < (set?.Count ?? 0); i++)
            {
                var member = set!.MemberAt(i);
                if (known.Add(member))
                {
                    found.Add(member);
                }
            }
        }

        return found;
    }

    private static List<StoreValue> Difference(CommandContext context, StoreCommand command, int from = 0)
    {
        var sets = Sources(context, command, from);
        var others = sets.AsSpan(1);
        var found = new List<StoreValue>();
        for (var i = 0; i < (sets[0]?.Count ?? 0); i++)
        {
            var member = sets[0]!.MemberAt(i);
            if (!IsInAny(others, member))
            {
                found.Add(member);
            }
        }

        return found;
    }

    private static List<StoreValue> CommonMembers(SetData?[] sets, long limit)
    {
        var found = new List<StoreValue>();
        if (Array.IndexOf(sets, null) >= 0)
        {
            return found;
        }

        Array.Sort(sets, static (left, right) => left!.Count.CompareTo(right!.Count));
        for (var i = 0; i < sets[0]!.Count && found.Count < limit; i++)
        {
            var member = sets[0]!.MemberAt(i);
            if (IsInAll(sets.AsSpan(1), member))
            {
                found.Add(member);
            }
        }

        return found;
    }

    private static bool IsInAll(ReadOnlySpan<SetData?> sets, StoreValue member)
    {
        foreach (var set in sets)
        {
            if (!set!.Contains(member))
            {
                return false;
            }
        }

        return true;
    }

    private static bool IsInAny(ReadOnlySpan<SetData?> sets, StoreValue member)
    {
        foreach (var set in sets)
        {
            if (set?.Contains(member) == true)
            {
                return true;
            }
        }

        return false;
    }

    // Null stands for a key that does not exist.
    private static SetData?[] Sources(CommandContext context, StoreCommand command, int from, int? count = null)
    {
        command.RequireCount(from + 1);
        var sets = new SetData?[count ?? (command.ArgumentCount - from)];
        for (var i = 0; i < sets.Length; i++)
        {
            sets[i] = context.Get<SetData>(command.Key(from + i));
        }

        return sets;
    }

    private static StoreReply Reply(List<StoreValue> members)
    {
        var replies = new StoreReply[members.Count];
        for (var i = 0; i < replies.Length; i++)
        {
            replies[i] = StoreReply.FromValue(members[i]);
        }

        return StoreReply.Array(replies);
    }

    private static StoreReply Store(CommandContext context, StoreCommand command, List<StoreValue> members)
    {
        var destination = command.Key(0);
        if (members.Count == 0)
        {
            context.Database.Remove(destination);
            return StoreReply.Integer(0);
        }

        var set = new SetData(context.Database.Journal);
        foreach (var member in members)
        {
            set.Add(member);
        }

        context.Database.Put(destination, set);
        return StoreReply.Integer(members.Count);
    }
}
