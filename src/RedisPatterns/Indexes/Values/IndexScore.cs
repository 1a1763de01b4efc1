namespace RedisPatterns;

/// <summary>Values as scores of range indexes, in their own order and without loss.</summary>
internal static class IndexScore
{
    private const long ExactLimit = 1L << 53;

    public static double? Of<TValue, T>(TValue value, EntityIndex<T> index)
        where T : class => value switch
        {
            null => null,
            int number => number,
            long number => number is >= -ExactLimit and <= ExactLimit ? number : throw Refuse(index, "an integer beyond 2^53 can not be kept as a score; declare the range as exact."),
            double number => double.IsNaN(number) ? throw Refuse(index, "NaN has no place in an order.") : number,
            decimal number => Exact(number, index),
            DateTimeOffset moment => moment.ToUnixTimeMilliseconds(),
            DateTime moment => new DateTimeOffset(Utc(moment)).ToUnixTimeMilliseconds(),
            DateOnly day => day.DayNumber,
            TimeOnly time => time.Ticks,
            TimeSpan span => (double)Math.Floor(span.Ticks / (decimal)TimeSpan.TicksPerMillisecond),
            float number => float.IsNaN(number) ? throw Refuse(index, "NaN has no place in an order.") : number,
            short number => number,
            ushort number => number,
            byte number => number,
            sbyte number => number,
            uint number => number,
            Half number => Half.IsNaN(number) ? throw Refuse(index, "NaN has no place in an order.") : (double)number,
            Enum => Exact(EnumNumbers<TValue>.Of(value), index),
            ulong number => number <= ExactLimit ? number : throw Refuse(index, "an integer beyond 2^53 can not be kept as a score; declare the range as exact."),
            _ => throw Refuse(index, "values of this type have no score; give a number, a date or a duration."),
        };

    /// <summary>A moment without a kind counts as UTC, wherever the program runs.</summary>
    public static DateTime Utc(DateTime moment) =>
        moment.Kind == DateTimeKind.Unspecified ? DateTime.SpecifyKind(moment, DateTimeKind.Utc) : moment.ToUniversalTime();

    private static double Exact<T>(decimal number, EntityIndex<T> index)
        where T : class
    {
        var score = (double)number;
        return Math.Abs(score) < 1e28 && (decimal)score == number
            ? score
            : throw Refuse(index, "a decimal with more digits than a double holds can not be kept as a score; declare the range as exact.");
    }

    // Enums are in the order of their numbers, as C# compares them.
    private static class EnumNumbers<TEnum>
    {
        private static readonly System.Collections.Concurrent.ConcurrentDictionary<object, decimal> Numbers = new();

        public static decimal Of(TEnum value) =>
            Numbers.GetOrAdd(value!, static item => decimal.Parse(((Enum)item).ToString("D"), System.Globalization.CultureInfo.InvariantCulture));
    }

    private static IndexValueException Refuse<T>(EntityIndex<T> index, string reason)
        where T : class => new(index.Model.Name, index.Name, reason);
}
