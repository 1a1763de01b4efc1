namespace RedisPatterns;

/// <summary>
/// What a single script is made for, beside the shape: the verb and, for a patch, its steps and what becomes of the index
/// entries. What a write knows without its values is in the form, so that the script need not ask for it.
/// </summary>
/// <remarks>
/// The arguments: id, where there is a memo, and for an update or a patch the expected version; for an update with a memo the
/// next version, for a patch the member that holds the version, if there is one; the entries that are given; the digest of
/// what must be stored, if it is compared; then the content, or name and value for each step.
/// </remarks>
internal sealed class SingleForm
{
    private const char Kept = 'k';
    private const char Given = 'v';
    private const int GreatestStepCount = 8;
    private const int GreatestRange = 41;
    private const int LongestExactNumber = 14;

    /// <summary>The greatest length of a signature.</summary>
    public const int GreatestSignature = 1 + EntitySingleScript.GreatestIndexCount + (GreatestStepCount * (2 + GreatestRange));

    private readonly string _entries;

    private SingleForm(WriteKind kind, string entries = "") => (Kind, _entries) = (kind, entries);

    public static SingleForm Insert { get; } = new(WriteKind.Insert);

    public static SingleForm Update { get; } = new(WriteKind.Update);

    /// <summary>An update that goes on only if what is stored has a digest.</summary>
    public static SingleForm Replacement { get; } = new(WriteKind.Update) { Compares = true };

    public WriteKind Kind { get; }

    public bool Compares { get; private init; }

    /// <summary>Whether a patch counts up a version that is a member.</summary>
    public bool CountsUp { get; private init; }

    /// <summary>The steps of a patch, each of another field.</summary>
    public IReadOnlyList<(PatchKind Kind, string Range)> Steps { get; private init; } = [];

    public string Name => Kind switch { WriteKind.Insert => "entity insert", WriteKind.Update => "entity update", _ => "entity patch" };

    /// <summary>What the general script behind it has to do.</summary>
    public ScriptParts Parts => Steps.Aggregate(
        (Kind == WriteKind.Patch ? ScriptParts.Patch : ScriptParts.Put) | (Compares ? ScriptParts.State : ScriptParts.None),
        static (parts, step) => parts | step.Kind switch { PatchKind.IncrementNumber => ScriptParts.Numbers, PatchKind.Append => ScriptParts.Append, _ => ScriptParts.None });

    /// <summary>What the form of a patch is found by.</summary>
    /// <param name="steps">Its steps.</param>
    /// <param name="entries">What becomes of the index entries: <see cref="PatchEntries"/>.</param>
    /// <param name="countsUp">Whether there is a member that holds the version.</param>
    /// <param name="scratch">Room for it.</param>
    /// <returns>Empty when no single script is made for it.</returns>
    public static ReadOnlySpan<char> SignatureOf(ReadOnlySpan<PatchOperation> steps, ReadOnlySpan<StoreValue> entries, bool countsUp, Span<char> scratch)
    {
        if (steps.Length > GreatestStepCount || entries.Length > EntitySingleScript.GreatestIndexCount)
        {
            return default;
        }

        scratch[0] = countsUp ? '+' : '-';
        var at = 1;
        foreach (var entry in entries)
        {
            var letter = entry.AsText() switch { "\u0001" => Kept, ['\u0002', var result] => result, ['\u0002' or '\u0004', ..] => default, _ => Given };
            if (letter == default)
            {
                return default;
            }

            scratch[at++] = letter;
        }

        for (var i = 0; i < steps.Length; i++)
        {
            if (!IsSupported(steps[i]) || IsThere(steps[..i], steps[i].Field))
            {
                return default;
            }

            scratch[at++] = '|';
            scratch[at++] = (char)steps[i].Kind;
            steps[i].Range.CopyTo(scratch[at..]);
            at += steps[i].Range.Length;
        }

        return scratch[..at];
    }

    /// <summary>The form of a patch by its signature.</summary>
    public static SingleForm OfPatch(string signature)
    {
        var parts = signature.Split('|');
        return new(WriteKind.Patch, parts[0][1..]) { CountsUp = parts[0][0] == '+', Steps = [.. parts.Skip(1).Select(step => ((PatchKind)step[0], step[1..]))] };
    }

    /// <summary>Whether the entry of an index, counted from 1, stays as it is.</summary>
    public bool Keeps(int index) => Kind == WriteKind.Patch && _entries[index - 1] == Kept;

    /// <summary>The step whose result is the entry of an index; 0 when it is not one.</summary>
    public int ResultOf(int index) => Kind == WriteKind.Patch && char.IsAsciiDigit(_entries[index - 1]) ? _entries[index - 1] - '0' : 0;

    /// <summary>The place among the arguments, counted from 1, of the entry of an index; 0 when it is not given.</summary>
    public int PlaceOfEntry(EntityShape shape, int index) =>
        Kind != WriteKind.Patch ? HeadCount(shape) + index
        : _entries[index - 1] == Given ? HeadCount(shape) + _entries.AsSpan(0, index).Count(Given) : 0;

    /// <summary>The place of the digest.</summary>
    public int PlaceOfDigest(EntityShape shape) => HeadCount(shape) + shape.IndexCount + 1;

    /// <summary>The place of the member that holds the version.</summary>
    public static int PlaceOfVersionMember => 3;

    /// <summary>The place of the content, or of the name of the first step.</summary>
    public int FirstContent(EntityShape shape) =>
        HeadCount(shape) + (Kind == WriteKind.Patch ? _entries.Count(Given) : shape.IndexCount + (Compares ? 1 : 0)) + 1;

    /// <summary>The places of a step's name, counted from 0; its value is behind it.</summary>
    public int PlaceOfStep(EntityShape shape, int step) => FirstContent(shape) + (2 * step);

    /// <summary>The arguments of a single script, as the general one takes them.</summary>
    public StoreValue[] Spread(EntityShape shape, IReadOnlyList<StoreValue> arguments)
    {
        StoreValue At(int place) => arguments[place - 1];
        var spread = new List<StoreValue>
        {
            1, 1, ((char)Kind).ToString(), shape.HasMemo ? At(1) : "", shape.HasMemo && Kind != WriteKind.Insert ? At(2) : "", "",
            Compares ? At(PlaceOfDigest(shape)) : "", shape.Schema, "",
        };
        for (var i = 1; i <= shape.IndexCount; i++)
        {
            spread.Add(PlaceOfEntry(shape, i) is var place and > 0 ? At(place) : Keeps(i) ? "\u0001" : "\u0002" + (char)('0' + ResultOf(i)));
        }

        var content = new List<StoreValue>();
        if (Kind == WriteKind.Patch)
        {
            content.AddRange([CountsUp ? At(PlaceOfVersionMember) : "", shape.Schema]);
            for (var i = 0; i < Steps.Count; i++)
            {
                var place = PlaceOfStep(shape, i);
                content.AddRange([((char)Steps[i].Kind).ToString(), At(place), At(place + 1), Steps[i].Range]);
            }
        }
        else
        {
            content.AddRange(Enumerable.Repeat<StoreValue>("", LeftOut(shape)));
            content.AddRange(arguments.Skip(FirstContent(shape) - 1));
        }

        return [.. spread, content.Count, .. content];
    }

    /// <summary>How many of the first arguments of a content the single script goes without: it has no use for the member that holds the version.</summary>
    public static int LeftOut(EntityShape shape) => shape.Layout switch { LayoutKind.Hash => 2, LayoutKind.Attributes => 1, _ => 0 };

    /// <summary>The number of arguments before the entries.</summary>
    public int HeadCount(EntityShape shape) => !shape.HasMemo ? 0 : Kind switch { WriteKind.Insert => 1, WriteKind.Update => 3, _ => CountsUp ? 3 : 2 };

    private static bool IsSupported(PatchOperation step) => step.Kind switch
    {
        PatchKind.Set or PatchKind.Append => true,
        PatchKind.IncrementNumber => step.Range.Length is > 0 and <= GreatestRange && step.Value.GetByteCount() <= LongestExactNumber,
        _ => false,
    };

    private static bool IsThere(ReadOnlySpan<PatchOperation> steps, string field)
    {
        foreach (var step in steps)
        {
            if (step.Field == field)
            {
                return true;
            }
        }

        return false;
    }
}
