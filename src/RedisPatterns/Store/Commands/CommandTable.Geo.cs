namespace RedisPatterns.Commands;

public static partial class CommandTable
{
    /// <summary><c>GEOADD key [options] longitude latitude member [longitude latitude member ...]</c>.</summary>
    public static CommandDefinition GeoAdd { get; } = Define("GEOADD", CommandFamily.Geo, WriteGrows, DataType.SortedSet, repeatFrom: 1, repeatStep: 3);

    /// <summary><c>GEODIST key member1 member2 [unit]</c>.</summary>
    public static CommandDefinition GeoDist { get; } = Define("GEODIST", CommandFamily.Geo, CommandTraits.None, DataType.SortedSet);

    /// <summary><c>GEOHASH key member [member ...]</c>.</summary>
    public static CommandDefinition GeoHash { get; } = Define("GEOHASH", CommandFamily.Geo, CommandTraits.None, DataType.SortedSet);

    /// <summary><c>GEOPOS key member [member ...]</c>.</summary>
    public static CommandDefinition GeoPos { get; } = Define("GEOPOS", CommandFamily.Geo, CommandTraits.None, DataType.SortedSet);

    /// <summary><c>GEOSEARCH key from by [options]</c>.</summary>
    public static CommandDefinition GeoSearch { get; } = Define("GEOSEARCH", CommandFamily.Geo, CommandTraits.None, DataType.SortedSet);

    /// <summary><c>GEOSEARCHSTORE destination source from by [options]</c>; the destination is overwritten whatever it holds.</summary>
    public static CommandDefinition GeoSearchStore { get; } = Define("GEOSEARCHSTORE", CommandFamily.Geo, WriteGrows);

    // The options of GEOADD stand before the repeated triples; each number of them is a row of its own, and not listed.
    private static readonly CommandDefinition[] GeoAddRows =
    [
        GeoAdd,
        new("GEOADD", CommandFamily.Geo, WriteGrows, DataType.SortedSet, repeatFrom: 2, repeatStep: 3),
        new("GEOADD", CommandFamily.Geo, WriteGrows, DataType.SortedSet, repeatFrom: 3, repeatStep: 3),
    ];

    /// <summary><c>GEOADD</c> with so many words before the triples.</summary>
    internal static CommandDefinition GeoAddWith(int options) => GeoAddRows[options];
}
