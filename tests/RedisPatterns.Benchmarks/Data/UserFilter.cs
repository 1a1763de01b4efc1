namespace RedisPatterns.Benchmarks.Data;

/// <summary>What the queries ask for: users of one status, within ages.</summary>
internal sealed record UserFilter(string Status, int LeastAge, int GreatestAge)
{
    /// <summary>About 10 % of users as <see cref="Users"/> makes them.</summary>
    public static UserFilter Common { get; } = new("active", 25, 35);

    /// <summary>About 0.3 % of users as <see cref="Users"/> makes them.</summary>
    public static UserFilter Rare { get; } = new("banned", 79, 80);

    public bool IsOfAge(User user) => user.Age >= LeastAge && user.Age <= GreatestAge;

    public bool Matches(User user) => user.Status == Status && IsOfAge(user);
}
