using System.Globalization;

namespace RedisPatterns;

/// <summary>What the key of an entity with attributes apart holds: the schema's version and the tokens of the attributes' names.</summary>
internal static class AttributeList
{
    public static string Format(string schema, IEnumerable<string> names) => $"{schema}:{string.Join(',', names)}";

    /// <summary>The version of the schema as it stands there; empty where there is none.</summary>
    public static string Schema(string list) =>
        list.IndexOf(':', StringComparison.Ordinal) is var colon and > 0 && !list.AsSpan(0, colon).ContainsAnyExceptInRange('0', '9') ? list[..colon] : "";

    public static bool TryReadSchema(string list, out int schema)
    {
        schema = 0;
        return list.IndexOf(':', StringComparison.Ordinal) is var colon and > 0 && int.TryParse(list.AsSpan(0, colon), NumberStyles.None, CultureInfo.InvariantCulture, out schema);
    }

    public static string[] Names(string? list) =>
        list?.IndexOf(':', StringComparison.Ordinal) is { } colon and >= 0 ? list[(colon + 1)..].Split(',', StringSplitOptions.RemoveEmptyEntries) : [];
}
