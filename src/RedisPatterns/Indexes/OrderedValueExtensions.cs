namespace RedisPatterns;

/// <summary>Filters that compare a value by which an index is ordered. Null is never within: ask for it by <c>Is</c>.</summary>
public static class OrderedValueExtensions
{
    /// <summary>Filters by comparison.</summary>
    /// <param name="part">The value that is compared.</param>
    /// <typeparam name="T">The type of the entities.</typeparam>
    /// <typeparam name="TValue">The type of the value.</typeparam>
    extension<T, TValue>(IOrderedValue<T, TValue> part)
        where T : class
    {
        /// <summary>The entities whose value lies between two, these included.</summary>
        /// <param name="minimum">The least value; null for no bound.</param>
        /// <param name="maximum">The greatest value; null for no bound.</param>
        public Filter<T> Between(TValue minimum, TValue maximum) => OrderedFilters.Between(part.Index, part.Prefix, part.IsDescending, minimum, maximum);

        /// <summary>The entities whose value is at least the given one.</summary>
        /// <param name="value">The value.</param>
        /// <exception cref="IndexValueException">The value is null.</exception>
        public Filter<T> AtLeast(TValue value) => OrderedFilters.AtLeast(part.Index, part.Prefix, part.IsDescending, value);

        /// <summary>The entities whose value is at most the given one.</summary>
        /// <param name="value">The value.</param>
        /// <exception cref="IndexValueException">The value is null.</exception>
        public Filter<T> AtMost(TValue value) => OrderedFilters.AtMost(part.Index, part.Prefix, part.IsDescending, value);

        /// <summary>The entities whose value is greater than the given one.</summary>
        /// <param name="value">The value.</param>
        /// <exception cref="IndexValueException">The value is null.</exception>
        public Filter<T> GreaterThan(TValue value) => OrderedFilters.GreaterThan(part.Index, part.Prefix, part.IsDescending, value);

        /// <summary>The entities whose value is less than the given one.</summary>
        /// <param name="value">The value.</param>
        /// <exception cref="IndexValueException">The value is null.</exception>
        public Filter<T> LessThan(TValue value) => OrderedFilters.LessThan(part.Index, part.Prefix, part.IsDescending, value);

        /// <summary>The entities that have a value.</summary>
        public Filter<T> Exists() => new TextFilter<T>(part.Index, TextRange.Valued(part.Prefix, part.IsDescending));
    }

    /// <summary>Filters by the beginning of a text.</summary>
    /// <param name="part">The text.</param>
    /// <typeparam name="T">The type of the entities.</typeparam>
    extension<T>(IOrderedValue<T, string?> part)
        where T : class
    {
        /// <summary>The entities whose text begins with another, compared character by character.</summary>
        /// <param name="text">The beginning, as the model normalizes it; the empty text asks for those that have one.</param>
        public Filter<T> StartsWith(string text)
        {
            ArgumentNullException.ThrowIfNull(text);
            return new TextFilter<T>(part.Index, TextRange.Starting(part.Prefix, text, part.IsDescending));
        }
    }
}
