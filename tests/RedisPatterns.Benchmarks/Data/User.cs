namespace RedisPatterns.Benchmarks.Data;

/// <summary>The entity that is written and read: about 420 bytes as JSON.</summary>
internal sealed record User(
    string Id,
    string Email,
    string Status,
    string City,
    int Age,
    DateTimeOffset Created,
    long Version,
    string FirstName,
    string LastName,
    string Phone,
    string Street,
    string About);
