namespace RedisPatterns.InMemory;

internal static partial class SortedSetHandlers
{
    /// <summary>The options of ZADD and GEOADD.</summary>
    [Flags]
    public enum AddOptions
    {
        /// <summary>None.</summary>
        None = 0,

        /// <summary>Only members that are absent.</summary>
        IfAbsent = 1,

        /// <summary>Only members that are there.</summary>
        IfExists = 2,

        /// <summary>Of those that are there, only such as get a greater score.</summary>
        IfGreater = 4,

        /// <summary>Of those that are there, only such as get a lesser score.</summary>
        IfLess = 8,

        /// <summary>Changed scores count.</summary>
        CountChanges = 16,

        /// <summary>The score is added to the one there is.</summary>
        Increment = 32,
    }

    /// <summary>Adds members whose scores are known.</summary>
    /// <param name="context">The database.</param>
    /// <param name="command">The command; its first argument is the key.</param>
    /// <param name="options">The options.</param>
    /// <param name="scores">The scores.</param>
    /// <param name="firstMember">The index of the first member among the arguments.</param>
    /// <param name="step">How far it is from one member to the next.</param>
    public static StoreReply AddAll(
        CommandContext context, StoreCommand command, AddOptions options, ReadOnlySpan<double> scores, int firstMember, int step)
    {
        var key = command.Key(0);
        var increments = options.HasFlag(AddOptions.Increment);
        if (context.Get<SortedSetData>(key) is null && options.HasFlag(AddOptions.IfExists))
        {
            return increments ? StoreReply.Null : StoreReply.Integer(0);
        }

        // A key that is made here gets a member for sure: only IfExists could stand against it.
        var data = context.GetOrAdd<SortedSetData>(key);
        var (added, updated) = (0, 0);
        for (var i = 0; i < scores.Length; i++)
        {
            var member = command.Member(firstMember + (i * step));
            var exists = data.TryGetScore(member, out var before);
            var score = exists && increments ? before + scores[i] : scores[i];
            if (!IsWanted(options, exists, before, score))
            {
                if (increments)
                {
                    return StoreReply.Null;
                }

                continue;
            }

            if (double.IsNaN(score))
            {
                throw StoreErrors.FromServer("ERR resulting score is not a number (NaN)", context.CommandName);
            }

            data.Set(member, score);
            added += exists ? 0 : 1;
            updated += exists && before != score ? 1 : 0;
            if (increments)
            {
                return ScoreReply(score);
            }
        }

        return StoreReply.Integer(options.HasFlag(AddOptions.CountChanges) ? added + updated : added);
    }

    private static bool IsWanted(AddOptions options, bool exists, double before, double score) => exists
        ? !options.HasFlag(AddOptions.IfAbsent)
            && !(options.HasFlag(AddOptions.IfGreater) && score <= before)
            && !(options.HasFlag(AddOptions.IfLess) && score >= before)
        : !options.HasFlag(AddOptions.IfExists);

    private static StoreReply Add(CommandContext context, StoreCommand command)
    {
        command.RequireCount(3);
        var options = AddOptions.None;
        var first = 1;
        while (first < command.ArgumentCount && OptionAt(command, first) is var option && option != AddOptions.None)
        {
            options |= option;
            first++;
        }

        var count = command.ArgumentCount - first;
        if (count == 0 || count % 2 != 0)
        {
            throw ServerErrors.Syntax(context.CommandName);
        }

        ThrowIfContradictory(context, options, count / 2);
        var scores = count <= 64 ? stackalloc double[count / 2] : new double[count / 2];
        for (var i = 0; i < scores.Length; i++)
        {
            scores[i] = command.Double(first + (2 * i));
        }

        return AddAll(context, command, options, scores, first + 1, step: 2);
    }

    private static AddOptions OptionAt(StoreCommand command, int index) =>
        command.IsWord(index, "NX") ? AddOptions.IfAbsent
        : command.IsWord(index, "XX") ? AddOptions.IfExists
        : command.IsWord(index, "GT") ? AddOptions.IfGreater
        : command.IsWord(index, "LT") ? AddOptions.IfLess
        : command.IsWord(index, "CH") ? AddOptions.CountChanges
        : command.IsWord(index, "INCR") ? AddOptions.Increment
        : AddOptions.None;

    private static void ThrowIfContradictory(CommandContext context, AddOptions options, int pairs)
    {
        var ifAbsent = options.HasFlag(AddOptions.IfAbsent);
        if (ifAbsent && options.HasFlag(AddOptions.IfExists))
        {
            throw StoreErrors.FromServer("ERR XX and NX options at the same time are not compatible", context.CommandName);
        }

        var (greater, less) = (options.HasFlag(AddOptions.IfGreater), options.HasFlag(AddOptions.IfLess));
        if ((ifAbsent && (greater || less)) || (greater && less))
        {
            throw StoreErrors.FromServer("ERR GT, LT, and/or NX options at the same time are not compatible", context.CommandName);
        }

        if (options.HasFlag(AddOptions.Increment) && pairs > 1)
        {
            throw StoreErrors.FromServer("ERR INCR option supports a single increment-element pair", context.CommandName);
        }
    }
}
