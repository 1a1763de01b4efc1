using System.Globalization;
using System.Text;

namespace RedisPatterns.Testing;

/// <summary>Writes commands and replies as redis-cli takes and shows them, values included.</summary>
internal static class CommandText
{
    private const int Limit = 2000;
    private const int ShortRun = 32;

    public static string Of(StoreCommand command)
    {
        var text = new StringBuilder(command.Definition.Name);
        for (var i = 0; i < command.ArgumentCount; i++)
        {
            text.Append(' ').Append(Quote(command[i]));
        }

        return Cut(text);
    }

    public static string Of(BatchCondition condition)
    {
        var text = new StringBuilder($"{condition.Kind} {Quote(StoreValue.FromKey(condition.Key))}");
        if (!condition.Subject.IsNull)
        {
            text.Append(' ').Append(Quote(condition.Subject));
        }

        if (!condition.Operand.IsNull)
        {
            text.Append(CultureInfo.InvariantCulture, $" {condition.Comparison} {Quote(condition.Operand)}");
        }

        if (condition.Read is { } read)
        {
            text.Append(" of ").Append(read);
        }

        return Cut(condition.Type == DataType.None ? text : text.Append(CultureInfo.InvariantCulture, $" of type {condition.Type}"));
    }

    public static string Of(StoreReply reply)
    {
        var text = new StringBuilder();
        Append(text, reply);
        return Cut(text);
    }

    public static string Quote(StoreValue value)
    {
        var bytes = value.AsMemory().Span;
        if (bytes.Length > ShortRun && !bytes.ContainsAnyExcept(bytes[0]))
        {
            return string.Create(CultureInfo.InvariantCulture, $"{bytes.Length} times {Quote(bytes[..1].ToArray())}");
        }

        var text = new StringBuilder("\"");
        foreach (var b in bytes.Length > Limit ? bytes[..Limit] : bytes)
        {
            if (b is (byte)'"' or (byte)'\\')
            {
                text.Append('\\').Append((char)b);
            }
            else if (b is >= 0x20 and < 0x7F)
            {
                text.Append((char)b);
            }
            else
            {
                text.Append(CultureInfo.InvariantCulture, $"\\x{b:x2}");
            }
        }

        return text.Append('"').ToString();
    }

    private static void Append(StringBuilder text, StoreReply reply)
    {
        switch (reply.Kind)
        {
            case StoreReplyKind.Null:
                text.Append("(nil)");
                break;
            case StoreReplyKind.Integer:
                text.Append("(integer) ").Append(reply.Value.AsText());
                break;
            case StoreReplyKind.Status:
                text.Append("(status) ").Append(reply.Value.AsText());
                break;
            case StoreReplyKind.Error:
                text.Append("(error) ").Append(reply.Error!.GetType().Name).Append(": ").Append(reply.Error.Message);
                for (var inner = reply.Error.InnerException; inner is not null; inner = inner.InnerException)
                {
                    text.Append(" <- ").Append(inner.Message);
                }

                break;
            case StoreReplyKind.Array:
                text.Append('[');
                for (var i = 0; i < reply.Items.Length; i++)
                {
                    text.Append(i == 0 ? "" : ", ");
                    Append(text, reply.Items[i]);
                }

                text.Append(']');
                break;
            default:
                text.Append(Quote(reply.Value));
                break;
        }
    }

    private static string Cut(StringBuilder text) => text.Length > Limit ? $"{text.ToString(0, Limit)}…" : text.ToString();
}
