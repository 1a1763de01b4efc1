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
            DateTime moment => KeyGrammar.Escape(Utc(moment).ToString("O", CultureInfo.InvariantCulture)),
            DateOnly day => day.ToString("O", CultureInfo.InvariantCulture),
            TimeOnly time => KeyGrammar.Escape(time.ToString("O", CultureInfo.InvariantCulture)),
            double number => StoreValue.FormatDouble(number == 0 ? 0 : number),
            float number => number == 0 ? "0" : float.IsFinite(number) ? number.ToString("R", CultureInfo.InvariantCulture) : StoreValue.FormatDouble(number),
            decimal number => number == 0 ? "0" : number.ToString("0.#############################", CultureInfo.InvariantCulture),
            IFormattable formattable => KeyGrammar.Escape(formattable.ToString(null, CultureInfo.InvariantCulture)),
            _ => throw new IndexValueException(index.Model.Name, index.Name, "values of this type can not be indexed; give a string."),
        };

    // A moment without a kind counts as UTC, wherever the program runs.
    private static DateTime Utc(DateTime moment) =>
        moment.Kind == DateTimeKind.Unspecified ? DateTime.SpecifyKind(moment, DateTimeKind.Utc) : moment.ToUniversalTime();

    private static class EnumTokens<TEnum>
    {
        private static readonly ConcurrentDictionary<object, string> Tokens = new();

        public static string Of(TEnum value) => Tokens.GetOrAdd(value!, static item => KeyGrammar.Escape(item.ToString()!));
    }
}
