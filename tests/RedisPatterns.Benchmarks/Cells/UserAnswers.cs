using System.Globalization;
using RedisPatterns.Benchmarks.Data;

namespace RedisPatterns.Benchmarks.Cells;

/// <summary>What is right to answer, found by looking at every user; and answers as text, so that they can be compared.</summary>
internal sealed class UserAnswers(User[] users)
{
    public string Newest(UserFilter filter, int take) => Tell(users.Where(filter.Matches)
        .OrderByDescending(user => user.Created).ThenByDescending(user => user.Id, StringComparer.Ordinal).Take(take));

    public string Count(Func<User, bool> matches) => Tell(users.Count(matches));

    public string Any(Func<User, bool> matches) => Tell(users.Any(matches));

    /// <summary>Some of those that match, whichever: how many of them are right, and different.</summary>
    public string Some(Func<User, bool> matches, int take) => TellSome([.. users.Where(matches).Take(take)], matches);

    public static string TellSome(IEnumerable<User> found, Func<User, bool> matches) =>
        $"{found.Where(matches).DistinctBy(user => user.Id).Count()} of {found.Count()} are right";

    public static string Tell(IEnumerable<User> found) => string.Join(' ', found.Select(user => user.Id));

    public static string Tell(User? found) => found?.Id ?? "";

    public static string Tell(long count) => count.ToString(CultureInfo.InvariantCulture);

    public static string Tell(bool any) => any ? "yes" : "no";
}
