namespace RedisPatterns.Testing;

/// <summary>Expectations of replies that are lists.</summary>
public static class CommandExpectationExtensions
{
    /// <summary>Sends the command and fails unless it answers these elements in any order.</summary>
    /// <typeparam name="T">The type of the elements.</typeparam>
    /// <param name="expectation">The command.</param>
    /// <param name="expected">The expected elements.</param>
    public static Task AnswersInAnyOrderAsync<T>(this CommandExpectation<T[]> expectation, params T[] expected)
    {
        ArgumentNullException.ThrowIfNull(expectation);
        return expectation.ReadInAnyOrderAsync(expected);
    }
}
