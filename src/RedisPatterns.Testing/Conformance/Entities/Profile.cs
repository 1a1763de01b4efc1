namespace RedisPatterns.Testing;

/// <summary>An entity of a schema that has gone on: what was <c>name</c> is <c>fullName</c>, and there is a street in the address.</summary>
internal sealed record Profile(string Id, string FullName, int Visits, ProfileAddress? Address, string? Nick, long Version = 0);
