namespace RedisPatterns.InMemory;

/// <summary>The area of a search: a circle or a box around a point.</summary>
/// <param name="Center">The centre.</param>
/// <param name="IsBox">Whether it is a box.</param>
/// <param name="Width">The box's width or the circle's radius, in the unit.</param>
/// <param name="Height">The box's height, in the unit.</param>
/// <param name="Unit">The unit in metres.</param>
internal readonly record struct GeoArea(GeoPoint Center, bool IsBox, double Width, double Height, double Unit)
{
    private const double MercatorMax = 20037726.37;

    /// <summary>Whether a point lies within, and at what distance from the centre, in metres.</summary>
    public bool Contains(GeoPoint point, out double distance)
    {
        distance = 0;
        if (IsBox && (point.LatitudeDistanceTo(Center) > Height * Unit / 2
            || point.DistanceTo(Center with { Latitude = point.Latitude }) > Width * Unit / 2))
        {
            return false;
        }

        distance = Center.DistanceTo(point);
        return IsBox || !(distance > Width * Unit);
    }

    /// <summary>The cells that cover the area, in the order in which a server searches them.</summary>
    public List<GeoCell> GetCells()
    {
        var (west, south, east, north) = GetBounds();
        var radius = (IsBox ? Math.Sqrt((Width / 2 * (Width / 2)) + (Height / 2 * (Height / 2))) : Width) * Unit;
        var step = EstimateStep(radius);
        var cell = GeoCell.At(Center, step);
        var tooSmall = cell.Neighbor(0, 1).North < north || cell.Neighbor(0, -1).South > south
            || cell.Neighbor(1, 0).East < east || cell.Neighbor(-1, 0).West > west;
        if (step > 1 && tooSmall)
        {
            step--;
            cell = GeoCell.At(Center, step);
        }

        // Neighbours are left out where the cell itself goes beyond the area.
        var skipsSouth = step >= 2 && cell.South < south;
        var skipsNorth = step >= 2 && cell.North > north;
        var skipsWest = step >= 2 && cell.West < west;
        var skipsEast = step >= 2 && cell.East > east;
        ReadOnlySpan<(int East, int North)> directions = [(0, 0), (0, 1), (0, -1), (1, 0), (-1, 0), (1, 1), (-1, 1), (1, -1), (-1, -1)];
        var cells = new List<GeoCell>(directions.Length);
        var last = 0;
        for (var i = 0; i < directions.Length; i++)
        {
            var (toEast, toNorth) = directions[i];
            if ((toNorth < 0 && skipsSouth) || (toNorth > 0 && skipsNorth) || (toEast < 0 && skipsWest) || (toEast > 0 && skipsEast))
            {
                continue;
            }

            // Around the whole earth neighbours meet: one that is the same as the one before is searched once.
            var neighbor = cell.Neighbor(toEast, toNorth);
            if (last == 0 || neighbor != cells[^1])
            {
                cells.Add(neighbor);
                last = i;
            }
        }

        return cells;
    }

    private (double West, double South, double East, double North) GetBounds()
    {
        var height = Unit * (IsBox ? Height / 2 : Width);
        var width = Unit * (IsBox ? Width / 2 : Width);
        var latitudes = GeoPoint.ToDegrees(height / GeoPoint.EarthRadius);
        var edge = Center.Latitude < 0 ? Center.Latitude - latitudes : Center.Latitude + latitudes;
        var longitudes = GeoPoint.ToDegrees(width / GeoPoint.EarthRadius / Math.Cos(GeoPoint.ToRadians(edge)));
        return (Center.Longitude - longitudes, Center.Latitude - latitudes, Center.Longitude + longitudes, Center.Latitude + latitudes);
    }

    private int EstimateStep(double radius)
    {
        if (radius == 0)
        {
            return GeoCell.ScoreStep;
        }

        var step = 1;
        for (; radius < MercatorMax; radius *= 2)
        {
            step++;
        }

        step -= 2;
        var latitude = Math.Abs(Center.Latitude);
        step -= latitude > 80 ? 2 : latitude > 66 ? 1 : 0;
        return Math.Clamp(step, 1, GeoCell.ScoreStep);
    }
}
