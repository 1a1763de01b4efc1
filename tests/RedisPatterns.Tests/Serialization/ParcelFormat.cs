using System.Buffers;
using System.Buffers.Binary;
using System.Text;
using System.Text.Json.Serialization;

namespace RedisPatterns.Tests.Serialization;

public sealed record Parcel(string Id, string Content, int Grams);

/// <summary>A binary format such as an application may bring: the weight, the length of the id, the id, the content.</summary>
/// <remarks>In schema version 1 the weight was kept in kilograms.</remarks>
public sealed class ParcelFormat : IEntityFormat<Parcel>
{
    public string Name => "parcel";

    public void Write(Parcel entity, IBufferWriter<byte> output)
    {
        ArgumentNullException.ThrowIfNull(entity);
        ArgumentNullException.ThrowIfNull(output);
        var numbers = output.GetSpan(8);
        BinaryPrimitives.WriteInt32LittleEndian(numbers, entity.Grams);
        BinaryPrimitives.WriteInt32LittleEndian(numbers[4..], Encoding.UTF8.GetByteCount(entity.Id));
        output.Advance(8);
        Encoding.UTF8.GetBytes(entity.Id, output);
        Encoding.UTF8.GetBytes(entity.Content, output);
    }

    public Parcel Read(ReadOnlyMemory<byte> document, int schemaVersion)
    {
        var span = document.Span;
        var weight = BinaryPrimitives.ReadInt32LittleEndian(span);
        var text = span[8..];
        var length = BinaryPrimitives.ReadInt32LittleEndian(span[4..]);
        return new Parcel(Encoding.UTF8.GetString(text[..length]), Encoding.UTF8.GetString(text[length..]), schemaVersion == 1 ? 1000 * weight : weight);
    }
}

[JsonSerializable(typeof(Parcel))]
[JsonSourceGenerationOptions(WriteIndented = true, NewLine = "\n")]
public sealed partial class ParcelJson : JsonSerializerContext;
