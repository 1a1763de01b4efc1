using System.Buffers;
using System.Buffers.Text;
using System.Globalization;

namespace RedisPatterns;

/// <summary>Replies as bytes, in the protocol's own form (RESP2): how a commit is remembered under an idempotency key.</summary>
/// <remarks>
/// A null is <c>$-1</c>, an integer <c>:1</c>, a value <c>$3</c> with its bytes, a status <c>+OK</c>, an array <c>*2</c> with
/// its elements, each line ended by CR and LF. What is decoded equals what was encoded; errors have no encoding.
/// </remarks>
public static class ReplyEncoding
{
    /// <summary>The bytes of a reply.</summary>
    /// <param name="reply">The reply; a batch's replies are one array.</param>
    /// <exception cref="ArgumentException">The reply is or holds an error.</exception>
    public static byte[] Encode(StoreReply reply)
    {
        var buffer = new ArrayBufferWriter<byte>(64);
        Write(buffer, reply);
        return buffer.WrittenSpan.ToArray();
    }

    /// <summary>The reply that bytes stand for.</summary>
    /// <param name="bytes">The bytes of one reply; values refer to them, so they must not change afterwards.</param>
    /// <exception cref="UnexpectedReplyException">The bytes are not those of a reply.</exception>
    public static StoreReply Decode(ReadOnlyMemory<byte> bytes)
    {
        var reply = Read(ref bytes);
        return bytes.IsEmpty ? reply : throw Malformed();
    }

    /// <summary>Writes the bytes of a reply.</summary>
    internal static void Write(ArrayBufferWriter<byte> buffer, StoreReply reply)
    {
        switch (reply.Kind)
        {
            case StoreReplyKind.Null:
                buffer.Write("$-1\r\n"u8);
                break;
            case StoreReplyKind.Integer:
                WriteLine(buffer, ':', reply.Value.AsInt64());
                break;
            case StoreReplyKind.Value:
                var value = reply.Value.AsMemory();
                WriteLine(buffer, '$', value.Length);
                buffer.Write(value.Span);
                buffer.Write("\r\n"u8);
                break;
            case StoreReplyKind.Status:
                buffer.Write("+"u8);
                buffer.Write(reply.Value.AsMemory().Span);
                buffer.Write("\r\n"u8);
                break;
            case StoreReplyKind.Array:
                WriteLine(buffer, '*', reply.Items.Length);
                foreach (var item in reply.Items)
                {
                    Write(buffer, item);
                }

                break;
            default:
                throw new ArgumentException("An error has no encoding.", nameof(reply));
        }
    }

    /// <summary>Writes a line with a number: the head of an array, for one.</summary>
    internal static void WriteLine(ArrayBufferWriter<byte> buffer, char kind, long number)
    {
        var line = buffer.GetSpan(24);
        line[0] = (byte)kind;
        Utf8Formatter.TryFormat(number, line[1..], out var length);
        "\r\n"u8.CopyTo(line[(length + 1)..]);
        buffer.Advance(length + 3);
    }

    private static StoreReply Read(ref ReadOnlyMemory<byte> rest)
    {
        var end = rest.Span.IndexOf("\r\n"u8);
        if (end < 1)
        {
            throw Malformed();
        }

        var kind = (char)rest.Span[0];
        var line = rest[1..end];
        rest = rest[(end + 2)..];
        if (kind == '+')
        {
            return StoreReply.Status(((StoreValue)line).AsText()!);
        }

        if (!long.TryParse(line.Span, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number))
        {
            throw Malformed();
        }

        return kind switch
        {
            ':' => StoreReply.Integer(number),
            '$' => number < 0 ? StoreReply.Null : ReadValue(ref rest, number),
            '*' => number < 0 ? StoreReply.Null : ReadArray(ref rest, number),
            _ => throw Malformed(),
        };
    }

    private static StoreReply ReadValue(ref ReadOnlyMemory<byte> rest, long length)
    {
        if (length > rest.Length - 2 || !rest.Span.Slice((int)length, 2).SequenceEqual("\r\n"u8))
        {
            throw Malformed();
        }

        StoreValue value = rest[..(int)length];
        rest = rest[((int)length + 2)..];
        return StoreReply.FromValue(value);
    }

    private static StoreReply ReadArray(ref ReadOnlyMemory<byte> rest, long count)
    {
        // Every element takes at least three bytes, so a count that could not be there is refused before room is made for it.
        if (count > rest.Length / 3)
        {
            throw Malformed();
        }

        var items = new StoreReply[(int)count];
        for (var i = 0; i < items.Length; i++)
        {
            items[i] = Read(ref rest);
        }

        return StoreReply.Array(items);
    }

    private static UnexpectedReplyException Malformed() => new("The bytes are not those of a reply.");
}
