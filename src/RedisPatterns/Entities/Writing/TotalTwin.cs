using System.Globalization;
using System.Text.RegularExpressions;
using RedisPatterns.Commands;

namespace RedisPatterns;

/// <summary>Counts and sums in C#: the functions of <see cref="TotalLua"/>.</summary>
internal static partial class TotalTwin
{
    // What scripts count with exactly; whatever is longer was not written by this library.
    private const int GreatestNumberLength = 17;

    /// <summary>Puts a new part of a memo in the place of an old one.</summary>
    /// <param name="context">What it is done by.</param>
    /// <param name="recount">The key that tells which recount goes on.</param>
    /// <param name="bucket">The key of the memo's bucket.</param>
    /// <param name="form">How the total is held.</param>
    /// <param name="key">The key of the total.</param>
    /// <param name="old">The part that there was; the empty text for none.</param>
    /// <param name="current">The part that is to be; the empty text for none.</param>
    /// <param name="undo">Takes what takes each change back.</param>
    public static void Change(IScriptContext context, StoreKey recount, StoreKey bucket, IndexForm form, StoreKey key, string old, string current, Stack<Action>? undo = null)
    {
        if (old == current)
        {
            return;
        }

        var run = RunOf(context, recount, bucket);
        var (from, to) = (PartOf(form, key, old), PartOf(form, key, current));
        if (from is { } taken && to is { } given && taken.Key == given.Key && taken.Field == given.Field)
        {
            if (taken.Number != given.Number)
            {
                Add(context, given.Key, given.Field, given.Number - taken.Number, run, undo);
            }

            return;
        }

        if (from is { } left)
        {
            Add(context, left.Key, left.Field, -left.Number, run, undo);
        }

        if (to is { } joined)
        {
            Add(context, joined.Key, joined.Field, joined.Number, run, undo);
        }
    }

    /// <summary>Takes away what a memo of another shape names.</summary>
    public static void Remove(IScriptContext context, StoreKey catalogue, StoreKey bucket, IndexForm form, string name, string part, Stack<Action>? undo)
    {
        var text = catalogue.ToString();
        var at = text.LastIndexOf(":idx:", StringComparison.Ordinal);
        var (tag, model) = (text[..at], text[(at + 5)..]);
        Change(context, KeyGrammar.Recount(tag, model), bucket, form, KeyGrammar.Total(tag, model, name), part, "", undo);
    }

    /// <summary>What a part of a memo adds to which group; null for what is no part of such a total.</summary>
    public static (StoreKey Key, string Field, long Number)? PartOf(IndexForm form, StoreKey key, string part)
    {
        var number = 1L;
        if (form is IndexForm.Sum or IndexForm.PeriodSum)
        {
            if (SumPart().Match(part) is not { Success: true } match || match.Groups[1].Length > GreatestNumberLength)
            {
                return null;
            }

            number = long.Parse(match.Groups[1].ValueSpan, CultureInfo.InvariantCulture);
            part = match.Groups[2].Value;
        }

        if (form is IndexForm.PeriodCount or IndexForm.PeriodSum)
        {
            var slash = part.IndexOf('/', StringComparison.Ordinal);
            if (slash <= 0)
            {
                return null;
            }

            (key, part) = (KeyGrammar.PeriodTotal(key.ToString(), part[..slash]), part[(slash + 1)..]);
        }

        return part.Length == 0 ? null : (key, part, number);
    }

    /// <summary>Adds a number to a group; a group whose total is 0 has no field.</summary>
    public static void AddTo(IScriptContext context, StoreKey key, string field, long number)
    {
        if (context.Call(Hashes.Increment(key, field, number)) == 0)
        {
            context.Call(Hashes.Delete(key, field));
        }
    }

    // The recount that has been through a bucket, if one goes on.
    private static string? RunOf(IScriptContext context, StoreKey recount, StoreKey bucket)
    {
        var text = bucket.ToString();
        return context.Call(Hashes.Get(recount, text[(text.LastIndexOf(':') + 1)..])).AsText();
    }

    private static void Add(IScriptContext context, StoreKey key, string field, long number, string? run, Stack<Action>? undo)
    {
        AddTo(context, key, field, number);
        undo?.Push(() => AddTo(context, key, field, -number));
        if (run is not null)
        {
            Add(context, KeyGrammar.Recounted(key.ToString(), run), field, number, null, undo);
        }
    }

    [GeneratedRegex("^(-?[1-9][0-9]*)/(.*)$", RegexOptions.Singleline)]
    private static partial Regex SumPart();
}
