using System.Text.RegularExpressions;
using RedisPatterns.Commands;

namespace RedisPatterns;

/// <summary>Removes what a memo of another index shape names: the C# of the function <c>foreign</c>.</summary>
internal static partial class ForeignEntries
{
    /// <summary>Removes the entries of an entity; a shape that the catalogue does not know has none, as where there are no indexes.</summary>
    /// <param name="context">What it is done by.</param>
    /// <param name="catalogue">The key of the catalogue.</param>
    /// <param name="bucket">The key of the memo's bucket.</param>
    /// <param name="memo">The memo.</param>
    /// <param name="id">The entity's id.</param>
    /// <param name="undo">Takes what brings each entry back.</param>
    public static void Remove(IScriptContext context, StoreKey catalogue, StoreKey bucket, Memo memo, string id, Stack<Action>? undo = null)
    {
        var description = context.Call(Hashes.Get(catalogue, memo.Stamp)).AsText();
        if (description is null)
        {
            return;
        }

        var segment = 0;
        foreach (Match part in Index().Matches(description))
        {
            StoreKey key = $"{catalogue}:{part.Groups[2].Value}";
            var kind = part.Groups[1].Value;
            if (kind == "r")
            {
                if (context.Call(SortedSets.Score(key, id)) is { } score)
                {
                    context.Call(SortedSets.Remove(key, id));
                    undo?.Push(() => context.Call(SortedSets.Add(key, id, score)));
                }

                continue;
            }

            var value = segment < memo.Segments.Length ? memo.Segments[segment] : "";
            segment++;
            if (kind == "u")
            {
                if (value.Length > 0 && context.Call(Hashes.Get(key, value)).AsText() == id)
                {
                    context.Call(Hashes.Delete(key, value));
                    undo?.Push(() => context.Call(Hashes.Set(key, value, id)));
                }

                continue;
            }

            if (IndexForms.AreTogether((IndexForm)kind[0], IndexForm.Count))
            {
                TotalTwin.Remove(context, catalogue, bucket, (IndexForm)kind[0], part.Groups[2].Value, value, undo);
                continue;
            }

            foreach (var token in Memo.Values(value))
            {
                if (kind is "l" or "L")
                {
                    var member = OrderedText.Member(token, id);
                    if (context.Call(SortedSets.Remove(key, member)))
                    {
                        undo?.Push(() => context.Call(SortedSets.Add(key, member, 0)));
                    }

                    continue;
                }

                if (context.Call(Sets.Remove($"{key}:{token}", id)))
                {
                    undo?.Push(() => context.Call(Sets.Add($"{key}:{token}", id)));
                }
            }
        }
    }

    [GeneratedRegex("([A-Za-z]):([^|=]+)")]
    private static partial Regex Index();
}
