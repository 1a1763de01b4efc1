using System.Buffers;
using System.Text;
using RedisPatterns;

namespace Storefront.Model;

/// <summary>Writes attachments as they are, after a line with the id: as JSON they would be a third longer.</summary>
public sealed class AttachmentFormat : IEntityFormat<Attachment>
{
    public string Name => "file";

    public void Write(Attachment entity, IBufferWriter<byte> output)
    {
        output.Write(Encoding.UTF8.GetBytes(entity.Id + "\n"));
        output.Write(entity.Content.Span);
    }

    public Attachment Read(ReadOnlyMemory<byte> document, int schemaVersion)
    {
        var line = document.Span.IndexOf((byte)'\n');
        return new Attachment(Encoding.UTF8.GetString(document.Span[..line]), document[(line + 1)..].ToArray());
    }
}
