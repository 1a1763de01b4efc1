using System.Buffers;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace RedisPatterns;

/// <summary>A reply in a form in which two of them can be compared, on a server as well as here. For stores.</summary>
/// <remarks>
/// The form is that of <see cref="ReplyEncoding"/>, with two things made alike. A list of pairs is one list, since RESP3 has
/// pairs where RESP2 has none. A double is written with 17 digits, as C's <c>%.17g</c> does, since servers write them in
/// different ways. A form of more than 64 bytes is its SHA-1 in hexadecimal.
/// </remarks>
/// <param name="Text">The form, or its digest.</param>
/// <param name="Doubles">Which of the leaves are doubles: their numbers from 1 on between commas, as in <c>,2,4,</c>; or <see cref="StoreValue.Null"/>.</param>
public readonly record struct ReplyFingerprint(StoreValue Text, StoreValue Doubles)
{
    /// <summary>The length in bytes beyond which a form is digested.</summary>
    public const int MaximumLength = 64;

    private const long GreatestInteger = (1L << 53) - 1;

    /// <summary>The form of a reply.</summary>
    /// <param name="reply">The reply.</param>
    /// <exception cref="ArgumentException">The reply is an error or holds one, or an integer of more than 53 bits, which scripts do not keep exactly.</exception>
    public static ReplyFingerprint Of(StoreReply reply)
    {
        var buffer = new ArrayBufferWriter<byte>(MaximumLength);
        StringBuilder? doubles = null;
        var leaves = 0;
        Write(buffer, reply, ref leaves, ref doubles);
        return new(
            buffer.WrittenCount <= MaximumLength ? buffer.WrittenSpan.ToArray() : Digest(buffer.WrittenSpan),
            doubles is null ? StoreValue.Null : doubles.Append(',').ToString());
    }

    private static void Write(ArrayBufferWriter<byte> buffer, StoreReply reply, ref int leaves, ref StringBuilder? doubles)
    {
        if (reply.Kind != StoreReplyKind.Array)
        {
            WriteLeaf(buffer, reply, ref leaves, ref doubles);
            return;
        }

        var arePairs = ArePairs(reply.Items);
        ReplyEncoding.WriteLine(buffer, '*', (arePairs ? 2 : 1) * reply.Items.Length);
        foreach (var item in reply.Items)
        {
            if (arePairs)
            {
                WriteLeaf(buffer, item.Items[0], ref leaves, ref doubles);
                WriteLeaf(buffer, item.Items[1], ref leaves, ref doubles);
            }
            else
            {
                Write(buffer, item, ref leaves, ref doubles);
            }
        }
    }

    private static bool ArePairs(ReadOnlySpan<StoreReply> items)
    {
        foreach (var item in items)
        {
            if (item.Items is not [{ Kind: not StoreReplyKind.Array }, { Kind: not StoreReplyKind.Array }])
            {
                return false;
            }
        }

        return items.Length > 0;
    }

    private static void WriteLeaf(ArrayBufferWriter<byte> buffer, StoreReply leaf, ref int leaves, ref StringBuilder? doubles)
    {
        leaves++;
        if (leaf.Kind == StoreReplyKind.Value && leaf.Value.IsDouble)
        {
            (doubles ??= new StringBuilder()).Append(',').Append(leaves);
            leaf = StoreReply.FromValue(AsC(leaf.Value.AsDouble()));
        }
        else if (leaf.Kind == StoreReplyKind.Integer && leaf.Value.AsInt64() is > GreatestInteger or < -GreatestInteger)
        {
            throw new ArgumentException("A reply with an integer of more than 53 bits can not be compared by a script.", nameof(leaf));
        }

        ReplyEncoding.Write(buffer, leaf);
    }

    private static string AsC(double number) =>
        double.IsInfinity(number) ? number > 0 ? "inf" : "-inf" : number.ToString("G17", CultureInfo.InvariantCulture).Replace('E', 'e');

    // The digest tells replies apart; nothing is kept safe by it, and it is what scripts can compute.
#pragma warning disable CA5350
    private static string Digest(ReadOnlySpan<byte> form) => Convert.ToHexStringLower(SHA1.HashData(form));
#pragma warning restore CA5350
}
