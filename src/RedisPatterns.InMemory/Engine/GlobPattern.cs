namespace RedisPatterns.InMemory;

/// <summary>A glob pattern as Redis matches it, byte by byte: <c>*</c>, <c>?</c>, <c>[a-z]</c>, <c>[^a]</c>, <c>\x</c>.</summary>
internal readonly struct GlobPattern(byte[] pattern)
{
    /// <summary>Whether every name matches, the empty one too.</summary>
    public bool IsAll => pattern is [(byte)'*'];

    /// <summary>Whether a name matches.</summary>
    public bool IsMatch(ReadOnlySpan<byte> name)
    {
        var giveUp = false;
        return Match(pattern, name, ref giveUp);
    }

    // What Redis does with odd patterns is kept: an unclosed bracket closes at the end, a trailing backslash stands for
    // itself, and an empty name is matched by the empty pattern only. A failed star ends the search of all stars before it.
    private static bool Match(ReadOnlySpan<byte> pattern, ReadOnlySpan<byte> name, ref bool giveUp)
    {
        while (!pattern.IsEmpty && !name.IsEmpty)
        {
            switch (pattern[0])
            {
                case (byte)'*':
                    return MatchStar(pattern, name, ref giveUp);
                case (byte)'?':
                    break;
                case (byte)'[':
                    if (!MatchClass(ref pattern, name[0]))
                    {
                        return false;
                    }

                    break;
                default:
                    if (pattern[0] == '\\' && pattern.Length >= 2)
                    {
                        pattern = pattern[1..];
                    }

                    if (pattern[0] != name[0])
                    {
                        return false;
                    }

                    break;
            }

            pattern = pattern[1..];
            name = name[1..];
            if (name.IsEmpty)
            {
                pattern = pattern.TrimStart((byte)'*');
            }
        }

        return pattern.IsEmpty && name.IsEmpty;
    }

    private static bool MatchStar(ReadOnlySpan<byte> pattern, ReadOnlySpan<byte> name, ref bool giveUp)
    {
        var rest = pattern.TrimStart((byte)'*');
        if (rest.IsEmpty)
        {
            return true;
        }

        for (; !name.IsEmpty; name = name[1..])
        {
            if (Match(rest, name, ref giveUp))
            {
                return true;
            }

            if (giveUp)
            {
                return false;
            }
        }

        giveUp = true;
        return false;
    }

    // Leaves the pattern at the last byte of the class. Bytes compare as signed in ranges.
    private static bool MatchClass(ref ReadOnlySpan<byte> pattern, byte subject)
    {
        var i = 1;
        var negated = i < pattern.Length && pattern[i] == '^';
        if (negated)
        {
            i++;
        }

        var matches = false;
        for (; i < pattern.Length && pattern[i] != ']'; i++)
        {
            if (pattern[i] == '\\' && i + 1 < pattern.Length)
            {
                i++;
                matches |= pattern[i] == subject;
            }
            else if (i + 2 < pattern.Length && pattern[i + 1] == '-')
            {
                var (low, high, value) = ((sbyte)pattern[i], (sbyte)pattern[i + 2], (sbyte)subject);
                matches |= low <= high ? value >= low && value <= high : value >= high && value <= low;
                i += 2;
            }
            else
            {
                matches |= pattern[i] == subject;
            }
        }

        pattern = pattern[Math.Min(i, pattern.Length - 1)..];
        return matches != negated;
    }
}
