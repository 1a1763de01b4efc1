using System.Runtime.CompilerServices;

namespace RedisPatterns.Commands;

/// <summary>Checks of what commands are given.</summary>
internal static class Require
{
    public static ReadOnlySpan<T> Some<T>(ReadOnlySpan<T> items, [CallerArgumentExpression(nameof(items))] string? parameter = null) =>
        items.IsEmpty ? throw new ArgumentException("At least one is needed.", parameter) : items;

    public static double Finite(double number, [CallerArgumentExpression(nameof(number))] string? parameter = null) =>
        double.IsFinite(number) ? number : throw new ArgumentOutOfRangeException(parameter, "The number must be finite.");

    public static double Number(double number, [CallerArgumentExpression(nameof(number))] string? parameter = null) =>
        double.IsNaN(number) ? throw new ArgumentOutOfRangeException(parameter, "NaN is no number to store.") : number;
}
