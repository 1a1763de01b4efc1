namespace RedisPatterns.Commands;

/// <summary>What a search tells of each member beside its name.</summary>
[Flags]
public enum GeoDetails
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>The distance from the centre. <c>WITHDIST</c>.</summary>
    Distance = 1,

    /// <summary>The geohash as 52-bit integer, which is the member's score. <c>WITHHASH</c>.</summary>
    Hash = 2,

    /// <summary>The place. <c>WITHCOORD</c>.</summary>
    Position = 4,

    /// <summary>All of it.</summary>
    All = Distance | Hash | Position,
}
