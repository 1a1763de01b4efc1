using System.Collections.Concurrent;
using System.Globalization;

namespace RedisPatterns;

/// <summary>Values as tokens of unique and tag indexes: equal values have one token, different ones different tokens.</summary>
internal static class IndexToken
{
    public static string? Of<TValue, T>(TValue value, EntityIndex<T> index)
        where T : class => value switch
        {
            null => null,
            string text => KeyGrammar.Escape(text),
            bool flag => flag ? "true" : "false",
            char c => KeyGrammar.Escape(c.ToString()),
            int number => number.ToString(CultureInfo.InvariantCulture),
            long number => number.ToString(CultureInfo.InvariantCulture),
            Guid guid => guid.ToString("D"),
            Enum => EnumTokens<TValue>.Of(value),
            DateTimeOffset moment => KeyGrammar.Escape(moment.UtcDateTime.ToString("O", CultureInfo.InvariantCulture)),
            DateTime moment => KeyGrammar.Escape(IndexScore.Utc(moment).ToString("O", CultureInfo.InvariantCulture)),
            DateOnly day => day.ToString("O", CultureInfo.InvariantCulture),
            TimeOnly time => KeyGrammar.Escape(time.ToString("O", CultureInfo.InvariantCulture)),
            double number => StoreValue.FormatDouble(number == 0 ? 0 : number),
            float number => number == 0 ? "0" : float.IsFinite(number) ? number.ToString("R", CultureInfo.InvariantCulture) : StoreValue.FormatDouble(number),
            decimal number => number == 0 ? "0" : number.ToString("0.#############################", CultureInfo.InvariantCulture),
            System.Runtime.CompilerServices.ITuple tuple => OfTuple(tuple, index),
            IFormattable formattable => KeyGrammar.Escape(formattable.ToString(null, CultureInfo.InvariantCulture)),
            _ => throw new IndexValueException(index.Model.Name, index.Name, "values of this type can not be indexed; give a string."),
        };

    /// <summary>The tokens of some values, each once; null has none.</summary>
    public static string[] Distinct<TValue, T>(ReadOnlySpan<TValue> values, EntityIndex<T> index)
        where T : class
    {
        var tokens = new List<string>(values.Length);
        foreach (var value in values)
        {
            if (Of(value, index) is { } token && !tokens.Contains(token))
            {
                tokens.Add(token);
            }
        }

        return [.. tokens];
    }

    // A slash stands in no token; one value that is null makes the whole null.
    private static string? OfTuple<T>(System.Runtime.CompilerServices.ITuple tuple, EntityIndex<T> index)
        where T : class
    {
        var tokens = new string[tuple.Length];
        for (var i = 0; i < tokens.Length; i++)
        {
            if (Of(tuple[i], index) is not { } token)
            {
                return null;
            }

            tokens[i] = token;
        }

        return string.Join('/', tokens);
    }

    private static class EnumTokens<TEnum>
    {
        private static readonly ConcurrentDictionary<object, string> Tokens = new();

        public static string Of(TEnum value) => Tokens.GetOrAdd(value!, static item => KeyGrammar.Escape(item.ToString()!));
    }
}
