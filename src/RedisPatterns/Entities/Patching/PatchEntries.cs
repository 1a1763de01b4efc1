namespace RedisPatterns;

/// <summary>
/// What a patch tells the script of each index: <c>\1</c> keep the entry, <c>\2n</c> the result of step n, <c>\4</c> and
/// tokens to add and take away, or the new entry itself.
/// </summary>
internal static class PatchEntries
{
    private const string Keep = "\u0001";
    private const string Result = "\u0002";
    private const string Changes = "\u0004";

    /// <summary>The arguments for the indexes; null when an entry follows from more than the steps say.</summary>
    public static StoreValue[]? Of<T>(EntitySchema<T> schema, List<PatchStep<T>> steps)
        where T : class
    {
        var entries = new StoreValue[schema.Indexes.Length];
        for (var i = 0; i < entries.Length; i++)
        {
            if (EntryOf(schema.Indexes[i], steps) is not { } entry)
            {
                return null;
            }

            entries[i] = entry;
        }

        return entries;
    }

    private static StoreValue? EntryOf<T>(EntityIndex<T> index, List<PatchStep<T>> steps)
        where T : class
    {
        if (index.Source is null)
        {
            return index.From is { } fields && steps.TrueForAll(step => !fields.Contains(step.Field)) ? Keep : (StoreValue?)null;
        }

        var last = steps.FindLastIndex(step => step.Field == index.Source);
        if (last < 0)
        {
            return Keep;
        }

        var step = steps[last];
        return step.Kind switch
        {
            PatchKind.Set => index.EntryOfSource(step.Value),
            PatchKind.IncrementNumber when index.IsDirect && index.Slot.Form != IndexForm.Text && step.Range.Length > 0 => Result + (last + 1).ToString(System.Globalization.CultureInfo.InvariantCulture),
            PatchKind.Append or PatchKind.Remove => ChangesOf(index, steps),
            _ => null,
        };
    }

    private static StoreValue? ChangesOf<T>(EntityIndex<T> index, List<PatchStep<T>> steps)
        where T : class
    {
        // Only where equal tokens mean equal items can the tokens follow without the other items being known.
        if (!index.IsDirect)
        {
            return null;
        }

        var changes = new List<string>();
        foreach (var step in steps)
        {
            if (step.Field != index.Source)
            {
                continue;
            }

            if (step.Kind is not (PatchKind.Append or PatchKind.Remove) || step.Value is not (string[] or int[] or long[] or Guid[]))
            {
                return null;
            }

            foreach (var token in Memo.Values(index.EntryOfSource(step.Value).AsText()!))
            {
                changes.Add((step.Kind == PatchKind.Append ? "+" : "-") + token);
            }
        }

        return Changes + string.Join(',', changes);
    }
}
