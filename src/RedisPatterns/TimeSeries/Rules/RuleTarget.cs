namespace RedisPatterns;

/// <summary>What a rule writes to.</summary>
/// <param name="Rule">The rule.</param>
/// <param name="Storage">Where its values lie.</param>
/// <param name="Marks">Notes what other rules make of its values; null when none does.</param>
internal sealed record RuleTarget(SeriesRule Rule, SeriesStorage Storage, SeriesMarks? Marks);
