using System.Runtime.CompilerServices;

namespace RedisPatterns.Testing;

/// <summary>What every store promises about one subject, as tests that any test framework can run.</summary>
/// <remarks>
/// A test is a method that takes a <see cref="ConformanceContext"/>; <see cref="Tests"/> lists them all. It keeps to the
/// keys that the context names, so that many tests may run on one server at the same time.
/// </remarks>
public abstract class ConformanceSuite
{
    /// <summary>The name of the suite.</summary>
    public string Name => GetType().Name;

    /// <summary>The tests.</summary>
    public abstract IReadOnlyList<ConformanceTest> Tests { get; }

    /// <summary>The ways in which commands are to be sent; every test is to be run in each. One by one unless a suite says otherwise.</summary>
    public virtual IReadOnlyList<SendMode> Modes { get; } = [SendMode.Single];

    /// <summary>All three ways of sending: for suites about commands.</summary>
    protected static IReadOnlyList<SendMode> EveryMode { get; } = [SendMode.Single, SendMode.Pipeline, SendMode.Batch];

    /// <summary>The name.</summary>
    public override string ToString() => Name;

    /// <summary>Fails unless two values are equal; lists are compared element by element.</summary>
    /// <typeparam name="T">Their type.</typeparam>
    /// <param name="expected">What was expected.</param>
    /// <param name="actual">What was seen.</param>
    /// <param name="what">What it is; the source text of <paramref name="actual"/> unless given.</param>
    protected static void Equal<T>(T expected, T actual, [CallerArgumentExpression(nameof(actual))] string what = "") =>
        ValueComparison.ThrowUnlessEqual(expected, actual, what);

    /// <summary>Fails unless two lists have the same elements in any order.</summary>
    /// <typeparam name="T">The type of the elements.</typeparam>
    /// <param name="expected">What was expected.</param>
    /// <param name="actual">What was seen.</param>
    /// <param name="what">What it is; the source text of <paramref name="actual"/> unless given.</param>
    protected static void EqualInAnyOrder<T>(IEnumerable<T> expected, IEnumerable<T> actual, [CallerArgumentExpression(nameof(actual))] string what = "") =>
        ValueComparison.ThrowUnlessSameElements([.. expected], [.. actual], what);

    /// <summary>Fails unless a condition holds.</summary>
    /// <param name="condition">The condition.</param>
    /// <param name="what">What it is; its source text unless given.</param>
    protected static void True(bool condition, [CallerArgumentExpression(nameof(condition))] string what = "")
    {
        if (!condition)
        {
            throw new ConformanceFailedException($"Expected to hold: {what}");
        }
    }

    /// <summary>Fails unless something throws an exception of a type, or of one derived from it.</summary>
    /// <typeparam name="TException">The type.</typeparam>
    /// <param name="call">What is to throw.</param>
    /// <param name="what">What it is; its source text unless given.</param>
    /// <returns>The exception.</returns>
    protected static async Task<TException> ThrowsAsync<TException>(Func<Task> call, [CallerArgumentExpression(nameof(call))] string what = "")
        where TException : Exception
    {
        ArgumentNullException.ThrowIfNull(call);
        try
        {
            await call().ConfigureAwait(false);
        }
        catch (TException expected)
        {
            return expected;
        }
        catch (Exception other) when (other is not ConformanceSkippedException)
        {
            throw new ConformanceFailedException($"{what}: expected {typeof(TException).Name}, got {other.GetType().Name}: {other.Message}", other);
        }

        throw new ConformanceFailedException($"{what}: expected {typeof(TException).Name}, nothing was thrown.");
    }
}
