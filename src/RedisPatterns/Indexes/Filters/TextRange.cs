using System.Text;

namespace RedisPatterns;

/// <summary>The members of a sorted set of texts from a first one to an end that is left out, by their bytes.</summary>
/// <param name="First">The least; empty for no bound.</param>
/// <param name="End">What is greater than all; empty for no bound.</param>
internal readonly record struct TextRange(StoreValue First, StoreValue End)
{
    /// <summary>All members.</summary>
    public static TextRange All => new("", "");

    /// <summary>The members that begin with some parts.</summary>
    /// <param name="prefix">The encoded parts, each with its separator; empty for none.</param>
    public static TextRange Beginning(string prefix) => new(prefix, AfterOf(prefix));

    /// <summary>Those of <see cref="Beginning"/> whose next part is not null.</summary>
    public static TextRange Valued(string prefix, bool descending) => descending
        ? new(prefix, prefix + OrderedText.NullDescending)
        : new(prefix + OrderedText.Empty, AfterOf(prefix));

    /// <summary>Those of <see cref="Beginning"/> whose next part begins with a text.</summary>
    public static TextRange Starting(string prefix, string text, bool descending)
    {
        if (text.Length == 0)
        {
            return Valued(prefix, descending);
        }

        var first = prefix + OrderedText.PrefixOf(text, descending);
        return new(first, (byte[])[.. Encoding.UTF8.GetBytes(first), OrderedText.AfterEverything]);
    }

    /// <summary>The range as commands take it.</summary>
    public Commands.LexRange ToLexRange() =>
        new(IsOpen(First) ? default : First, IsOpen(End) ? default : End, excludeMin: false, excludeMax: !IsOpen(End));

    /// <summary>Whether a member lies within.</summary>
    public bool Contains(ReadOnlySpan<byte> member) =>
        member.SequenceCompareTo(First.AsMemory().Span) >= 0 && (IsOpen(End) || member.SequenceCompareTo(End.AsMemory().Span) < 0);

    private static bool IsOpen(StoreValue bound) => bound.AsMemory().Length == 0;

    private static string AfterOf(string prefix) => prefix.Length == 0 ? "" : prefix[..^1] + OrderedText.AfterSeparator;
}
