using System.Globalization;

namespace Checkout.Chapters;

/// <summary>Cents as people read them.</summary>
internal static class Money
{
    public static string Of(long cents) => string.Create(CultureInfo.InvariantCulture, $"{cents / 100:N0}.{cents % 100:00}");
}
