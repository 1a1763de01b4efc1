using System.Text.Json;

namespace RedisPatterns;

/// <summary>What a reader or writer of JSON needs to do as the serializer does with the same options.</summary>
internal static class JsonStyle
{
    private const int DefaultDepth = 64;

    public static int DepthOf(JsonSerializerOptions options) => options.MaxDepth == 0 ? DefaultDepth : options.MaxDepth;

    public static JsonDocumentOptions DocumentOptionsOf(JsonSerializerOptions options) => new() { MaxDepth = DepthOf(options) };

    public static JsonWriterOptions WriterOptionsOf(JsonSerializerOptions options) => new()
    {
        Encoder = options.Encoder,
        Indented = options.WriteIndented,
        IndentCharacter = options.IndentCharacter,
        IndentSize = options.IndentSize,
        NewLine = options.NewLine,
        MaxDepth = DepthOf(options),
    };
}
