namespace RedisPatterns.Testing;

/// <summary>An entity that expires.</summary>
internal sealed record Ticket(string Id, string? Email, string? Status, IReadOnlyList<string>? Labels, int? Rank, DateTimeOffset? EndsAt, string Text, long Version = 0)
{
    // More than one part of a kilobyte.
    private static readonly string LongText = new('t', 2_500);

    public static Ticket Of(string id, DateTimeOffset? endsAt = null) => new(id, $"{id}@example.com", "open", ["x", id], 7, endsAt, LongText);

    public bool Equals(Ticket? other) => other is not null
        && (Id, Email, Status, Rank, EndsAt, Text, Version) == (other.Id, other.Email, other.Status, other.Rank, other.EndsAt, other.Text, other.Version)
        && (Labels ?? []).SequenceEqual(other.Labels ?? []);

    public override int GetHashCode() => HashCode.Combine(Id, Version);
}
