using System.Text;
using System.Text.Json;
using RedisPatterns.Tests.Architecture;

namespace RedisPatterns.Tests.Serialization;

/// <summary>The persisted formats, case by case. Data of an older version must stay readable: a line here may be added, not changed.</summary>
public static class GoldenFile
{
    public static IReadOnlyList<JsonElement> Read(string name)
    {
        var path = Path.Combine(Packages.Root, "tests", "RedisPatterns.Tests", "Serialization", "Golden", name);
        using var document = JsonDocument.Parse(File.ReadAllBytes(path));
        return [.. document.RootElement.EnumerateArray().Select(item => item.Clone())];
    }

    public static string Text(this JsonElement item, string member) => item.GetProperty(member).GetString()!;

    public static byte[] Bytes(this JsonElement item, string member) => Encoding.UTF8.GetBytes(item.Text(member));
}
