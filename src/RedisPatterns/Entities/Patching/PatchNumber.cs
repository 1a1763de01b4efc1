using System.Globalization;
using System.Numerics;

namespace RedisPatterns;

/// <summary>How a number of a type is incremented.</summary>
internal static class PatchNumber
{
    /// <summary>The kind of the step and the range of the type; null for a type that is no number this library knows.</summary>
    public static (PatchKind Kind, string Range)? Of<TNumber>() => default(TNumber) switch
    {
        int => Integer<int>(),
        long => Integer<long>(),
        short => Integer<short>(),
        byte => Integer<byte>(),
        uint => Integer<uint>(),
        ulong => Integer<ulong>(),
        ushort => Integer<ushort>(),
        sbyte => Integer<sbyte>(),
        decimal => (PatchKind.IncrementNumber, ""),
        double or float => (PatchKind.IncrementFloat, ""),
        _ => null,
    };

    private static (PatchKind Kind, string Range) Integer<TNumber>()
        where TNumber : IMinMaxValue<TNumber>, IFormattable =>
        (PatchKind.IncrementNumber, string.Create(CultureInfo.InvariantCulture, $"{TNumber.MinValue},{TNumber.MaxValue}"));
}
