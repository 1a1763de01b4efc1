namespace RedisPatterns.Commands;

/// <summary>The area of a search around its centre.</summary>
/// <remarks><c>default</c> is a circle of radius 0.</remarks>
public readonly record struct GeoShape
{
    private readonly bool _isBox;
    private readonly double _first;
    private readonly double _second;

    private GeoShape(bool isBox, double first, double second, GeoUnit unit)
    {
        _isBox = isBox;
        _first = first;
        _second = second;
        Unit = unit;
    }

    /// <summary>The unit of the area's lengths, and of the distances that a search answers.</summary>
    public GeoUnit Unit { get; }

    /// <summary>A circle.</summary>
    /// <param name="radius">The radius; 0 or more, finite. The edge belongs to the circle.</param>
    /// <param name="unit">Its unit.</param>
    public static GeoShape Circle(double radius, GeoUnit unit) => new(isBox: false, Length(radius, nameof(radius)), 0, unit);

    /// <summary>A box along the meridians and parallels, with the centre in its middle.</summary>
    /// <param name="width">The whole width from west to east; 0 or more, finite.</param>
    /// <param name="height">The whole height from south to north; 0 or more, finite.</param>
    /// <param name="unit">Their unit.</param>
    public static GeoShape Box(double width, double height, GeoUnit unit) =>
        new(isBox: true, Length(width, nameof(width)), Length(height, nameof(height)), unit);

    internal void AddTo(ArgumentList arguments)
    {
        arguments.Add(_isBox ? "BYBOX" : "BYRADIUS").Add(_first);
        if (_isBox)
        {
            arguments.Add(_second);
        }

        arguments.Add(Unit.Word());
    }

    private static double Length(double length, string parameter) =>
        length >= 0 && double.IsFinite(length) ? length : throw new ArgumentOutOfRangeException(parameter, "A length is 0 or more and finite.");
}
