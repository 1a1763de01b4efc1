using System.Globalization;
using System.Text.RegularExpressions;

namespace RedisPatterns;

/// <summary>One change of one field, as scripts take it, and what it does, in C#; the Lua is in <see cref="PatchLua"/>.</summary>
/// <param name="Kind">What it does.</param>
/// <param name="Field">The field; in the form that the layout keeps it by.</param>
/// <param name="Value">The new text, the increment, or the items.</param>
/// <param name="Range">Least and greatest value of an integer, with a comma in between; empty for others.</param>
internal readonly partial record struct PatchOperation(PatchKind Kind, string Field, StoreValue Value, string Range = "")
{
    /// <summary>The new text of the field; <see cref="StoreValue.Null"/> when it is to be gone.</summary>
    /// <param name="old">The old text, or <see cref="StoreValue.Null"/>.</param>
    /// <param name="text">The new one.</param>
    /// <returns>Why it can not be changed so.</returns>
    public PatchFault Apply(StoreValue old, out StoreValue text)
    {
        text = default;
        switch (Kind)
        {
            case PatchKind.Set:
                text = Value;
                return PatchFault.None;
            case PatchKind.Unset:
                return PatchFault.None;
            case PatchKind.IncrementNumber:
                return AddNumber(Number(old), out text);
            case PatchKind.IncrementFloat:
                return AddFloat(Number(old), out text);
            case PatchKind.Append:
                return Append(old.AsText(), out text);
            default:
                return Remove(old, out text);
        }
    }

    private static string Number(StoreValue old) => old.AsText() is { } text and not "null" ? text : "0";

    private PatchFault AddNumber(string old, out StoreValue text)
    {
        text = default;
        if (!DecimalText().IsMatch(old))
        {
            return PatchFault.NotANumber;
        }

        var increment = Value.AsText()!;
        var isShort = old.Length < 15 && increment.Length < 15 && !old.Contains('.', StringComparison.Ordinal) && !increment.Contains('.', StringComparison.Ordinal);
        string sum;
        if (isShort)
        {
            sum = (long.Parse(old, CultureInfo.InvariantCulture) + long.Parse(increment, CultureInfo.InvariantCulture)).ToString(CultureInfo.InvariantCulture);
        }
        else if (DigitSum.Of(old, increment) is { } exact)
        {
            sum = exact;
        }
        else
        {
            return PatchFault.NeedsEntity;
        }

        if (Range.Length > 0)
        {
            if (sum.Contains('.', StringComparison.Ordinal))
            {
                return PatchFault.NotANumber;
            }

            var comma = Range.IndexOf(',', StringComparison.Ordinal);
            if (!DigitSum.IsWithin(sum, Range[..comma], Range[(comma + 1)..]))
            {
                return PatchFault.OutOfRange;
            }
        }

        text = sum;
        return PatchFault.None;
    }

    private PatchFault AddFloat(string old, out StoreValue text)
    {
        text = default;
        if (!FloatText().IsMatch(old) || !double.TryParse(old, NumberStyles.Float, CultureInfo.InvariantCulture, out var number))
        {
            return PatchFault.NotANumber;
        }

        // A zero in between, as in the Lua, where a number may be no float before: so no sum is a negative zero.
        var sum = number + 0.0 + double.Parse(Value.AsText()!, NumberStyles.Float, CultureInfo.InvariantCulture);
        if (!double.IsFinite(sum))
        {
            return PatchFault.OutOfRange;
        }

        text = FloatFormat.Of(sum);
        return PatchFault.None;
    }

    private PatchFault Append(string? old, out StoreValue text)
    {
        text = default;
        var items = Value.AsText()!;
        if (old is null or "null")
        {
            text = $"[{items}]";
        }
        else if (old is not ['[', .. var inside, ']'])
        {
            return PatchFault.NotACollection;
        }
        else
        {
            text = inside.AsSpan().Trim(" \t\r\n").IsEmpty ? $"[{items}]" : $"[{inside},{items}]";
        }

        return PatchFault.None;
    }

    private PatchFault Remove(StoreValue old, out StoreValue text)
    {
        text = old;
        if (old.AsText() is not { } list || list == "null")
        {
            return PatchFault.None;
        }

        if (list is not ['[', .., ']'] || JsonItems.Split(list) is not { } items)
        {
            return PatchFault.NotACollection;
        }

        var removed = Value.AsText()!;
        text = $"[{string.Join(',', items.Where(item => item != removed))}]";
        return PatchFault.None;
    }

    [GeneratedRegex(@"\A-?[0-9]+\.?[0-9]*\z")]
    private static partial Regex DecimalText();

    [GeneratedRegex(@"\A-?[0-9][0-9.eE+-]*\z")]
    private static partial Regex FloatText();
}
