using System.Globalization;
using RedisPatterns.Commands;

namespace RedisPatterns;

/// <summary>An expiry as scripts take it.</summary>
internal static class ExpiryCode
{
    public static string Of(Expiry expiry) => expiry switch
    {
        { IsKeep: true } => "K",
        { IsPersist: true } => "N",
        { IsAfter: true } => "A" + expiry.Milliseconds.ToString(CultureInfo.InvariantCulture),
        _ => "T" + expiry.Milliseconds.ToString(CultureInfo.InvariantCulture),
    };
}
