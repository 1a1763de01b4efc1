using RedisPatterns.Commands;

namespace RedisPatterns;

/// <summary>An index on a place on the earth: entities near another place.</summary>
/// <remarks>
/// Held as Redis holds places, so <c>GEOPOS</c> and <c>GEOSEARCH</c> understand it: to about 60 centimetres. An entity whose
/// place is null has no entry. Distances are along the surface of a sphere.
/// </remarks>
/// <typeparam name="T">The type of the entities.</typeparam>
public sealed class GeoIndex<T> : EntityIndex<T>
    where T : class
{
    private readonly Func<T, GeoPosition?> _value;
    private readonly Func<object?, GeoPosition?>? _ofSource;

    internal GeoIndex(EntityModelBase<T> model, string name, Func<T, GeoPosition?> value, Func<object?, GeoPosition?>? ofSource, int revision, Func<T, bool>? when)
        : base(model, name, IndexKind.Geo, IndexForm.Score, "e", revision, when) => (_value, _ofSource) = (value, ofSource);

    /// <summary>The entities within a distance of a place.</summary>
    /// <param name="place">The place.</param>
    /// <param name="metres">The distance in metres; at least 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">The distance is negative or no number.</exception>
    public Filter<T> Near(GeoPosition place, double metres)
    {
        if (!(metres >= 0))
        {
            throw new ArgumentOutOfRangeException(nameof(metres), "A distance is at least 0 metres.");
        }

        return new GeoFilter<T>(this, place, metres);
    }

    internal override StoreValue EntryOfSource(object? value) => Entry(_ofSource!(value));

    private protected override StoreValue EntryOfEntity(T entity) => Entry(_value(entity));

    private static StoreValue Entry(GeoPosition? place) => place is { } known ? GeoGrid.ScoreOf(known) : "";
}
