using RedisPatterns.Commands;

namespace RedisPatterns;

/// <summary>Removes what a memo of another index shape names: the C# of the function <c>foreign</c>.</summary>
internal static class ForeignEntries
{
    /// <summary>Removes the entries of an entity; a shape that the catalogue does not know has none, as where there are no indexes.</summary>
    public static void Remove(IScriptContext context, StoreKey catalogue, Memo memo, string id)
    {
        var description = context.Call(Hashes.Get(catalogue, memo.Stamp)).AsText();
        if (description is null)
        {
            return;
        }

        var segment = 0;
        foreach (var part in description.Split('|', StringSplitOptions.RemoveEmptyEntries))
        {
            StoreKey key = $"{catalogue}:{part[2..]}";
            if (part[0] == 'r')
            {
                context.Call(SortedSets.Remove(key, id));
                continue;
            }

            var value = segment < memo.Segments.Length ? memo.Segments[segment] : "";
            segment++;
            if (part[0] == 'u')
            {
                if (value.Length > 0 && context.Call(Hashes.Get(key, value)).AsText() == id)
                {
                    context.Call(Hashes.Delete(key, value));
                }

                continue;
            }

            foreach (var token in Memo.Values(value))
            {
                context.Call(Sets.Remove($"{key}:{token}", id));
            }
        }
    }
}
