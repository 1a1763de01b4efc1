namespace RedisPatterns.InMemory;

/// <summary>Reads the moments and conditions of commands that set a time to live.</summary>
internal static class ExpireArguments
{
    /// <summary>The options of EXPIRE and its kin.</summary>
    [Flags]
    public enum Conditions
    {
        None = 0,
        NoExpiry = 1,
        HasExpiry = 2,
        Later = 4,
        Earlier = 8,
    }

    /// <summary>The moment that an argument of SET or GETEX names.</summary>
    /// <param name="command">The command.</param>
    /// <param name="index">The index of the number.</param>
    /// <param name="now">The time, when the number counts from it; 0 when it is absolute.</param>
    /// <param name="unit">Milliseconds in one: 1 or 1000.</param>
    public static long ReadPositiveMoment(StoreCommand command, int index, long now, long unit)
    {
        var number = command.Int64(index);
        return number <= 0 || number > long.MaxValue / unit || number * unit > long.MaxValue - now
            ? throw ServerErrors.InvalidExpire(command.Definition.Name)
            : AsMoment((number * unit) + now);
    }

    /// <summary>The moment that an argument of PEXPIRE or PEXPIREAT names; may have passed.</summary>
    public static long ReadMoment(StoreCommand command, int index, long now)
    {
        var number = command.Int64(index);
        return number > long.MaxValue - now ? throw ServerErrors.InvalidExpire(command.Definition.Name) : AsMoment(number + now);
    }

    /// <summary>Whether the conditions allow a moment in place of the one there is.</summary>
    public static bool Allow(this Conditions conditions, long current, long moment)
    {
        var none = current == Database.Never;
        return !((conditions.HasFlag(Conditions.NoExpiry) && !none)
            || (conditions.HasFlag(Conditions.HasExpiry) && none)
            || (conditions.HasFlag(Conditions.Later) && moment <= current)
            || (conditions.HasFlag(Conditions.Earlier) && moment >= current));
    }

    /// <summary>The condition that a word stands for, or none.</summary>
    public static Conditions ReadCondition(StoreCommand command, int index) =>
        command.IsWord(index, "NX") ? Conditions.NoExpiry
        : command.IsWord(index, "XX") ? Conditions.HasExpiry
        : command.IsWord(index, "GT") ? Conditions.Later
        : command.IsWord(index, "LT") ? Conditions.Earlier
        : Conditions.None;

    /// <summary>Refuses conditions that exclude each other.</summary>
    public static Conditions Checked(this Conditions conditions, StoreCommand command)
    {
        const Conditions Both = Conditions.Later | Conditions.Earlier;
        return (conditions.HasFlag(Conditions.NoExpiry) && conditions != Conditions.NoExpiry) || (conditions & Both) == Both
            ? throw StoreErrors.FromServer("ERR NX and XX, GT or LT options at the same time are not compatible", command.Definition.Name)
            : conditions;
    }

    // The greatest integer stands for never, here.
    private static long AsMoment(long milliseconds) => Math.Min(milliseconds, Database.Never - 1);
}
