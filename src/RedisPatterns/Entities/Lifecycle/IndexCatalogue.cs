using RedisPatterns.Commands;

namespace RedisPatterns;

/// <summary>
/// What the catalogue says of a model's indexes beside their shapes, in C#: the functions <c>register</c> and <c>keep</c> of
/// <see cref="EntityLua"/>.
/// </summary>
/// <remarks>
/// The field of an index is <c>#</c> and its name in keys; its value is a state (<see cref="IndexField"/>) and its definition.
/// Code that writes an entity and does not declare an index puts the entity into the sorted set of pending ones, as
/// <c>name TAB id</c>, and marks the index; whoever declares the index indexes the entity before it answers from it.
/// </remarks>
internal readonly struct IndexCatalogue(IScriptContext context, StoreKey key)
{
    /// <summary>Writes shape and indexes of a model.</summary>
    /// <param name="stamp">The stamp of the shape.</param>
    /// <param name="registration">A letter, the shape, and the definitions of its indexes.</param>
    /// <param name="others">The indexes that the model does not declare, where somebody has to remember what is not in them.</param>
    public (int Refusal, long Detail) Register(string stamp, string registration, out string[]? others)
    {
        others = null;
        var flag = registration[0];
        var lines = registration[1..].Split('\n');
        var shape = lines[0];
        string[] definitions = [IndexField.ListDefinition, .. Names(lines[1])];
        var all = context.Call(Hashes.GetAll(key));
        var known = all.ToDictionary(entry => entry.Field.AsText()!, entry => entry.Value.AsText()!, StringComparer.Ordinal);
        if (known.TryGetValue(stamp, out var stored) && stored != shape)
        {
            return (EntityWriteReply.ShapeClash, 0);
        }

        var mine = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < definitions.Length; i++)
        {
            var field = IndexField.OfDefinition(definitions[i]);
            if (known.TryGetValue(field, out var value) && value[(value.IndexOf(' ', StringComparison.Ordinal) + 1)..] != definitions[i])
            {
                return (EntityWriteReply.OtherDefinition, i - 1);
            }

            mine.Add(field);
        }

        string[] strange = [.. all.Select(entry => (Field: entry.Field.AsText()!, Value: entry.Value.AsText()!))
            .Where(entry => entry.Field.StartsWith('#') && !mine.Contains(entry.Field) && !entry.Value.StartsWith(IndexField.Disabled))
            .Select(entry => entry.Field[1..])];
        if (flag == 'R' && strange.Length > 0)
        {
            return (EntityWriteReply.Outdated, 0);
        }

        if (flag == 'C' && strange.Length == 0)
        {
            return (EntityWriteReply.UpToDate, 0);
        }

        context.Call(Hashes.SetIfAbsent(key, stamp, shape));
        var fresh = all.Length > 0 || flag == 'B' ? IndexField.Building + "0 " : "r ";
        var isFirst = all.Length > 0 && !known.ContainsKey(IndexField.List) && !known.ContainsKey(IndexField.Plain) && flag != 'B';
        foreach (var definition in definitions)
        {
            var field = IndexField.OfDefinition(definition);
            var isInAll = isFirst && (field == IndexField.List || all.All(entry => IndexField.FieldsOf(entry.Value.AsText()!).Contains(field)));
            context.Call(Hashes.SetIfAbsent(key, field, (isInAll ? "r " : fresh) + definition));
        }

        others = flag switch { 'C' => strange, 'P' => lines.Length > 2 ? Names(lines[2]) : [], _ => null };
        return default;
    }

    /// <summary>Remembers the indexes that an entity is no longer in, and forgets those that it is in.</summary>
    /// <param name="id">The entity's id.</param>
    /// <param name="stamp">The stamp of the memo that was there, if it is of another shape.</param>
    /// <param name="own">The indexes that the entity is in.</param>
    /// <param name="others">Further indexes that it is not in.</param>
    public void Keep(string id, string? stamp, IReadOnlyList<IndexSlot> own, string[] others)
    {
        var catalogue = key.ToString();
        var at = catalogue.LastIndexOf(":idx:", StringComparison.Ordinal);
        StoreKey pending = $"{catalogue[..at]}:meta:{catalogue[(at + 5)..]}:pending";
        string[] slots = [.. own.Select(slot => slot.ToString())];
        var shape = stamp is null ? null : context.Call(Hashes.Get(key, stamp)).AsText();
        foreach (var part in Names(shape ?? ""))
        {
            if (Array.IndexOf(slots, part) < 0 && IndexField.IsDefinition(part))
            {
                Lose(pending, IndexField.OfDefinition(part)[1..], id);
            }
        }

        foreach (var slot in own)
        {
            context.Call(SortedSets.Remove(pending, OrderedText.Member(slot.Name, id)));
        }

        foreach (var name in others)
        {
            Lose(pending, name, id);
        }
    }

    private static string[] Names(string text) => text.Split('|', StringSplitOptions.RemoveEmptyEntries);

    private void Lose(StoreKey pending, string name, string id)
    {
        var value = context.Call(Hashes.Get(key, "#" + name)).AsText();
        if (value is null || value.StartsWith(IndexField.Disabled))
        {
            return;
        }

        context.Call(SortedSets.Add(pending, OrderedText.Member(name, id), 0));
        if (value.StartsWith(IndexField.Ready))
        {
            context.Call(Hashes.Set(key, "#" + name, IndexField.Pending + value[1..]));
        }
    }
}
