namespace RedisPatterns;

/// <summary>A patch as a script plans it before it writes: the C# of the functions <c>plan</c> and <c>entry</c>.</summary>
internal sealed class PatchRun
{
    private const int ArgumentsPerOperation = 4;

    private readonly List<(string Field, StoreValue Text)> _changes = [];
    private readonly List<StoreValue> _results = [];

    /// <summary>The fields to change with their new texts; <see cref="StoreValue.Null"/> for those to be gone.</summary>
    public IReadOnlyList<(string Field, StoreValue Text)> Changes => _changes;

    /// <summary>Why it is refused, as the write script answers it.</summary>
    public (int Code, long Detail) Refusal { get; private set; }

    /// <summary>Plans the operations that a script has as arguments.</summary>
    public static PatchRun Plan(ReadOnlySpan<StoreValue> arguments, Func<string, StoreValue> read)
    {
        var operations = new PatchOperation[arguments.Length / ArgumentsPerOperation];
        for (var i = 0; i < operations.Length; i++)
        {
            var at = i * ArgumentsPerOperation;
            operations[i] = new((PatchKind)arguments[at].AsText()![0], arguments[at + 1].AsText()!, arguments[at + 2], arguments[at + 3].AsText()!);
        }

        return Plan(operations, read);
    }

    /// <summary>Plans operations.</summary>
    public static PatchRun Plan(ReadOnlySpan<PatchOperation> operations, Func<string, StoreValue> read)
    {
        var run = new PatchRun();
        for (var i = 0; i < operations.Length; i++)
        {
            var operation = operations[i];
            var place = run._changes.FindIndex(change => change.Field == operation.Field);
            var old = place >= 0 ? run._changes[place].Text : operation.Kind is PatchKind.Set or PatchKind.Unset ? default : read(operation.Field);
            var fault = operation.Apply(old, out var text);
            if (fault != PatchFault.None)
            {
                run.Refusal = (fault == PatchFault.NeedsEntity ? EntityWriteReply.NeedsEntity : EntityWriteReply.BadPatch, (i * 10) + (long)fault);
                return run;
            }

            if (place >= 0)
            {
                run._changes[place] = (operation.Field, text);
            }
            else
            {
                run._changes.Add((operation.Field, text));
            }

            run._results.Add(text);
        }

        return run;
    }

    /// <summary>The index entry that an argument asks for.</summary>
    public string EntryOf(string argument, string old)
    {
        switch (argument)
        {
            case ['\u0001']:
                return old;
            case ['\u0002', .. var number]:
                return _results[int.Parse(number, System.Globalization.CultureInfo.InvariantCulture) - 1].AsText()!;
            case ['\u0004', .. var changes]:
                var tokens = Memo.Values(old).ToList();
                var kept = new HashSet<string>(tokens, StringComparer.Ordinal);
                foreach (var change in Memo.Values(changes))
                {
                    var token = change[1..];
                    if (change[0] == '-')
                    {
                        kept.Remove(token);
                    }
                    else if (kept.Add(token))
                    {
                        tokens.Add(token);
                    }
                }

                return string.Join(',', tokens.Where(kept.Remove));
            default:
                return argument;
        }
    }
}
