using System.Globalization;

namespace RedisPatterns;

/// <summary>How a server is told, and tells, what it holds of a library: by the description of a function of its own.</summary>
internal static class FunctionLibraryMark
{
    /// <summary>The name of the function that answers the version.</summary>
    public const string Function = "version";

    private const string Form = "version ";
    private const string Separator = ", digest ";

    public static string Of(int version, string digest) => string.Create(CultureInfo.InvariantCulture, $"{Form}{version}{Separator}{digest}");

    /// <summary>The version and digest of a library on a server; false when it is not one of this package.</summary>
    public static bool TryRead(Commands.FunctionLibraryInfo library, out int version, out string digest)
    {
        (version, digest) = (0, "");
        foreach (var function in library.Functions)
        {
            if (function.Name == $"{library.Name}_{Function}" && function.Description is { } mark && mark.StartsWith(Form, StringComparison.Ordinal))
            {
                var end = mark.IndexOf(Separator, StringComparison.Ordinal);
                digest = end < 0 ? "" : mark[(end + Separator.Length)..];
                return end > 0 && int.TryParse(mark.AsSpan(Form.Length..end), NumberStyles.None, CultureInfo.InvariantCulture, out version);
            }
        }

        return false;
    }
}
