namespace RedisPatterns.Commands;

/// <summary>A range of members in the order of their bytes, for sorted sets whose members all have the same score.</summary>
/// <remarks><c>default</c> is <see cref="All"/>. On members with different scores the outcome is unspecified, as in Redis.</remarks>
public readonly record struct LexRange
{
    /// <summary>A range of members.</summary>
    /// <param name="min">The lower end; <see cref="StoreValue.Null"/> for none.</param>
    /// <param name="max">The upper end; <see cref="StoreValue.Null"/> for none.</param>
    /// <param name="excludeMin">Whether the lower end itself is left out.</param>
    /// <param name="excludeMax">Whether the upper end itself is left out.</param>
    public LexRange(StoreValue min, StoreValue max, bool excludeMin = false, bool excludeMax = false)
    {
        Min = min;
        Max = max;
        ExcludeMin = excludeMin;
        ExcludeMax = excludeMax;
    }

    /// <summary>All members.</summary>
    public static LexRange All => default;

    /// <summary>The lower end, or <see cref="StoreValue.Null"/> when there is none.</summary>
    public StoreValue Min { get; }

    /// <summary>The upper end, or <see cref="StoreValue.Null"/> when there is none.</summary>
    public StoreValue Max { get; }

    /// <summary>Whether <see cref="Min"/> itself is left out.</summary>
    public bool ExcludeMin { get; }

    /// <summary>Whether <see cref="Max"/> itself is left out.</summary>
    public bool ExcludeMax { get; }

    /// <summary>Members from one to another, both included.</summary>
    /// <param name="min">The lower end.</param>
    /// <param name="max">The upper end.</param>
    public static LexRange Between(StoreValue min, StoreValue max) => new(min, max);

    /// <summary>Members that begin with certain bytes.</summary>
    /// <param name="prefix">The bytes; the empty string gives <see cref="All"/>.</param>
    public static LexRange StartingWith(StoreValue prefix)
    {
        var end = prefix.AsMemory().ToArray();
        var length = end.Length;
        while (length > 0 && end[length - 1] == byte.MaxValue)
        {
            length--;
        }

        if (length == 0)
        {
            return new(end.Length == 0 ? default : prefix, default);
        }

        end[length - 1]++;
        return new(prefix, end.AsMemory(0, length).ToArray(), excludeMax: true);
    }

    internal StoreValue MinArgument => Min.IsNull ? "-" : Argument(Min, ExcludeMin);

    internal StoreValue MaxArgument => Max.IsNull ? "+" : Argument(Max, ExcludeMax);

    private static StoreValue Argument(StoreValue bound, bool exclude)
    {
        var bytes = bound.AsMemory();
        var argument = new byte[bytes.Length + 1];
        argument[0] = (byte)(exclude ? '(' : '[');
        bytes.CopyTo(argument.AsMemory(1));
        return argument;
    }
}
