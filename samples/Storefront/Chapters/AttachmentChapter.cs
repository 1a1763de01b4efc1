using System.Security.Cryptography;
using Narration;
using RedisPatterns;
using Storefront.Model;

namespace Storefront.Chapters;

/// <summary>Files in parts, read as a stream.</summary>
public sealed class AttachmentChapter : IChapter
{
    private const int Length = 1_000_000;

    public string Title => "Attachments";

    public string Text => "EntityLayout.Chunked(64 KiB): a manifest and parts. A reader sees the old file or the new one, never a mix.";

    public async Task TellAsync(Shop shop, Narrator narrator, CancellationToken cancellationToken)
    {
        var redisCli = new RedisCli(shop.Trade);
        var first = new Attachment("manual.pdf", Bytes(1));
        await narrator.StepAsync(
            "A file of a million bytes",
            () => shop.Attachments.InsertAsync(first, cancellationToken),
            attachment => new TextAnswer($"{attachment.Content.Length:N0} bytes in parts of {AttachmentModel.PartSize:N0}."));
        await narrator.StepAsync("Its manifest", () => redisCli.ShowAsync("attachment:manual.pdf", cancellationToken), keys => keys);

        await narrator.StepAsync(
            "Read as a stream: a part at a time is in memory",
            async () =>
            {
                await using var stream = await shop.Attachments.OpenReadAsync("manual.pdf", cancellationToken);
                return await HashAsync(stream!, [], cancellationToken);
            },
            hash => new TextAnswer($"The same bytes: {hash == Hash(first)}."));

        await narrator.StepAsync(
            "The file is replaced while somebody reads it",
            async () =>
            {
                await using var stream = await shop.Attachments.OpenReadAsync("manual.pdf", cancellationToken);
                var begin = new byte[1_000];
                await stream!.ReadExactlyAsync(begin, cancellationToken);
                await shop.Attachments.UpdateAsync(new Attachment("manual.pdf", Bytes(2)), cancellationToken);
                return await HashAsync(stream, begin, cancellationToken);
            },
            hash => new TextAnswer($"He has read the old file to its end: {hash == Hash(first)}."));
        await narrator.StepAsync(
            "Who reads now gets the new one",
            () => shop.Attachments.GetAsync("manual.pdf", cancellationToken),
            attachment => new TextAnswer($"{attachment!.Content.Span.SequenceEqual(Bytes(2))}"));
        await narrator.StepAsync(
            "Nothing to read",
            () => shop.Attachments.OpenReadAsync("nosuch.pdf", cancellationToken),
            stream => new TextAnswer(stream is null ? "null, no exception." : "A stream!"));
    }

    private static byte[] Bytes(byte seed)
    {
        var bytes = new byte[Length];
        for (var i = 0; i < bytes.Length; i++)
        {
            bytes[i] = (byte)(seed * ((i * 31L) ^ (i >> 8)));
        }

        return bytes;
    }

    // What is stored: the file after a line with its name.
    private static string Hash(Attachment attachment) => Convert.ToHexString(SHA256.HashData([.. "manual.pdf\n"u8, .. attachment.Content.Span]));

    private static async ValueTask<string> HashAsync(Stream stream, byte[] begin, CancellationToken cancellationToken)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(begin);
        var buffer = new byte[16 * 1_024];
        for (int read; (read = await stream.ReadAsync(buffer, cancellationToken)) > 0;)
        {
            hash.AppendData(buffer, 0, read);
        }

        return Convert.ToHexString(hash.GetHashAndReset());
    }
}
