namespace RedisPatterns.Testing;

/// <summary>The entity of the conformance suites.</summary>
internal sealed record Customer(string Id, string? Email, string? Status, IReadOnlyList<string>? Labels, int? Age, DateTimeOffset Created, long Version = 0)
{
    public static Customer Number(int number) => new(
        $"c{number:D4}",
        $"c{number:D4}@example.com",
        (number % 3) switch { 0 => "active", 1 => "banned", _ => "new" },
        number % 2 == 0 ? ["even", $"m{number % 5}"] : [$"m{number % 5}"],
        18 + (number % 50),
        DateTimeOffset.UnixEpoch.AddDays(number));

    public bool Equals(Customer? other) => other is not null
        && (Id, Email, Status, Age, Created, Version) == (other.Id, other.Email, other.Status, other.Age, other.Created, other.Version)
        && (Labels ?? []).SequenceEqual(other.Labels ?? []);

    public override int GetHashCode() => HashCode.Combine(Id, Version);
}
