using System.Globalization;

namespace RedisPatterns.Benchmarks.Data;

/// <summary>Makes users: the same number gives the same user.</summary>
internal static class Users
{
    private static readonly string[] Statuses = ["active", "active", "active", "active", "active", "active", "pending", "pending", "trial", "banned"];
    private static readonly string[] Cities = ["berlin", "paris", "london", "madrid", "rome", "vienna", "prague", "lisbon", "oslo", "warsaw", "dublin", "athens"];
    private static readonly string[] FirstNames = ["Ada", "Grace", "Alan", "Edsger", "Barbara", "Donald", "Frances", "Niklaus"];
    private static readonly string[] LastNames = ["Lovelace", "Hopper", "Turing", "Dijkstra", "Liskov", "Knuth", "Allen", "Wirth"];
    private static readonly DateTimeOffset Epoch = new(2024, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public static User Make(long number)
    {
        var mixed = Mix((ulong)number);
        var name = number.ToString("D7", CultureInfo.InvariantCulture);
        return new User(
            "u" + name,
            $"user{name}@example.com",
            Statuses[mixed % 10],
            Cities[mixed / 16 % 12],
            18 + (int)(mixed / 256 % 63),
            Epoch.AddMilliseconds(mixed / 65536 % 63_072_000_000),
            0,
            FirstNames[mixed / 3 % 8],
            LastNames[mixed / 5 % 8],
            $"+49 30 {mixed / 7 % 10_000_000:D7}",
            $"Example Street {1 + (mixed / 11 % 200)}, Apartment {1 + (mixed / 13 % 40)}",
            "Likes long walks through balanced trees, collects first editions of manuals and answers letters about sorted sets with much patience and care.");
    }

    /// <summary>The change that the update cells make: another status, another age.</summary>
    public static User Changed(User user) => user with
    {
        Status = user.Status switch { "active" => "pending", "pending" => "trial", "trial" => "banned", _ => "active" },
        Age = user.Age == 80 ? 18 : user.Age + 1,
    };

    private static ulong Mix(ulong number)
    {
        number += 0x9E3779B97F4A7C15;
        number = (number ^ (number >> 30)) * 0xBF58476D1CE4E5B9;
        number = (number ^ (number >> 27)) * 0x94D049BB133111EB;
        return number ^ (number >> 31);
    }
}
