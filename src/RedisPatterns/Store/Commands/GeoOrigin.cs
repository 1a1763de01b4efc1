namespace RedisPatterns.Commands;

/// <summary>The centre of a search: a place, or a member of the index that is searched.</summary>
/// <remarks><c>default</c> is the place at 0, 0.</remarks>
public readonly record struct GeoOrigin
{
    private GeoOrigin(StoreValue member, GeoPosition position)
    {
        Member = member;
        Position = position;
    }

    /// <summary>The member, or <see cref="StoreValue.Null"/> when the centre is a place.</summary>
    public StoreValue Member { get; }

    /// <summary>The place, when the centre is no member.</summary>
    public GeoPosition Position { get; }

    /// <summary>The place of a member. A search from one that is absent fails with <see cref="ServerErrorException"/>.</summary>
    /// <param name="member">The member.</param>
    public static GeoOrigin FromMember(StoreValue member) =>
        member.IsNull ? throw new ArgumentException("A member is not null.", nameof(member)) : new(member, default);

    /// <summary>A place.</summary>
    /// <param name="position">The place.</param>
    public static GeoOrigin FromPosition(GeoPosition position) => new(default, position);

    /// <summary>A place.</summary>
    /// <param name="position">The place.</param>
    public static implicit operator GeoOrigin(GeoPosition position) => FromPosition(position);

    internal void AddTo(ArgumentList arguments)
    {
        if (Member.IsNull)
        {
            arguments.Add("FROMLONLAT").Add(Position.Longitude).Add(Position.Latitude);
        }
        else
        {
            arguments.Add("FROMMEMBER").Add(Member);
        }
    }
}
