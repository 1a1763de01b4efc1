namespace RedisPatterns;

/// <summary>A sample that does not lie behind all that came before it; or the removal of one, with the value NaN.</summary>
/// <param name="Timestamp">The moment.</param>
/// <param name="Arrival">Its place among those that are late: the earlier one came first.</param>
/// <param name="Value">The value.</param>
internal readonly record struct LateSample(long Timestamp, int Arrival, double Value) : IComparable<LateSample>
{
    /// <summary>By moments, then in the order of their coming.</summary>
    public int CompareTo(LateSample other) => Timestamp != other.Timestamp ? Timestamp.CompareTo(other.Timestamp) : Arrival.CompareTo(other.Arrival);
}
