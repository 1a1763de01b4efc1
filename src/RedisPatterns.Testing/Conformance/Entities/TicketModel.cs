namespace RedisPatterns.Testing;

/// <summary>The model of an entity that expires, in any layout and by any rule.</summary>
internal sealed class TicketModel : EntityModel<Ticket>
{
    public static readonly TimeSpan Lifetime = TimeSpan.FromHours(1);

    public TicketModel(EntityLayout layout, TicketExpiry expiry)
        : base("ticket", ticket => ticket.Id, ConformanceJson.Default.Ticket)
    {
        StoreAs(layout);
        Version(ticket => ticket.Version, (ticket, version) => ticket with { Version = version });
        Email = Field("email", ticket => ticket.Email);
        Status = Field("status", ticket => ticket.Status);
        Labels = Collection<string>("labels", ticket => ticket.Labels);
        Rank = Field("rank", ticket => ticket.Rank);
        EndsAt = Field("endsAt", ticket => ticket.EndsAt);
        ByEmail = Unique("email", Email);
        ByStatus = Tag("status", Status);
        ByLabel = Tags("label", Labels);
        ByRank = Range("rank", Rank);
        switch (expiry)
        {
            case TicketExpiry.PerCall:
                MayExpire();
                break;
            case TicketExpiry.After:
                ExpireAfter(Lifetime);
                break;
            case TicketExpiry.Sliding:
                ExpireAfterInactivity(Lifetime);
                break;
            case TicketExpiry.At:
                ExpireAt(ticket => ticket.EndsAt);
                break;
        }
    }

    public EntityField<Ticket, string?> Email { get; }

    public EntityField<Ticket, string?> Status { get; }

    public EntityCollection<Ticket, string> Labels { get; }

    public EntityField<Ticket, int?> Rank { get; }

    public EntityField<Ticket, DateTimeOffset?> EndsAt { get; }

    public UniqueIndex<Ticket, string?> ByEmail { get; }

    public TagIndex<Ticket, string?> ByStatus { get; }

    public TagIndex<Ticket, string> ByLabel { get; }

    public RangeIndex<Ticket, int?> ByRank { get; }
}
