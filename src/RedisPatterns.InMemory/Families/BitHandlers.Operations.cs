using System.Runtime.InteropServices;

namespace RedisPatterns.InMemory;

// Whole strings combined.
internal static partial class BitHandlers
{
    private delegate ulong Combine(ulong left, ulong right);

    private static StoreReply BitOperation(CommandContext context, StoreCommand command)
    {
        command.RequireCount(3);
        Combine? combine = command.IsWord(0, "AND") ? static (left, right) => left & right
            : command.IsWord(0, "OR") ? static (left, right) => left | right
            : command.IsWord(0, "XOR") ? static (left, right) => left ^ right
            : command.IsWord(0, "NOT") ? null
            : throw ServerErrors.Syntax(context.CommandName);
        if (combine is null && command.ArgumentCount > 3)
        {
            throw StoreErrors.FromServer("ERR BITOP NOT must be called with a single source key.", context.CommandName);
        }

        var sources = new StringData?[command.ArgumentCount - 2];
        var length = 0;
        for (var i = 0; i < sources.Length; i++)
        {
            sources[i] = context.Get<StringData>(command.Key(i + 2));
            length = Math.Max(length, sources[i]?.Length ?? 0);
        }

        if (length == 0)
        {
            context.Database.Remove(command.Key(1));
            return StoreReply.Integer(0);
        }

        var result = new byte[length];
        if (sources[0] is { } first)
        {
            first.Bytes.CopyTo(result);
        }

        if (combine is null)
        {
            foreach (ref var one in result.AsSpan())
            {
                one = (byte)~one;
            }
        }
        else
        {
            foreach (var source in sources.AsSpan(1))
            {
                CombineInto(result, source is null ? [] : source.Bytes, combine);
            }
        }

        context.Database.Put(command.Key(1), new StringData(context.Database.Journal, result));
        return StoreReply.Integer(length);
    }

    // What a source lacks counts as zeros.
    private static void CombineInto(Span<byte> result, ReadOnlySpan<byte> source, Combine combine)
    {
        var words = MemoryMarshal.Cast<byte, ulong>(result);
        var sourceWords = MemoryMarshal.Cast<byte, ulong>(source);
        var whole = Math.Min(words.Length, sourceWords.Length);
        for (var i = 0; i < whole; i++)
        {
            words[i] = combine(words[i], sourceWords[i]);
        }

        for (var i = whole * sizeof(ulong); i < result.Length; i++)
        {
            result[i] = (byte)combine(result[i], i < source.Length ? source[i] : 0UL);
        }
    }
}
