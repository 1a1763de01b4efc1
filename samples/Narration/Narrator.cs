using System.Runtime.CompilerServices;

namespace Narration;

/// <summary>Takes the steps of the story one by one: shows the code, runs it, shows the answer and what it took.</summary>
/// <param name="roundTrips">Gives the round trips so far, on all stores of the story.</param>
/// <param name="screen">Where it is told.</param>
/// <param name="time">The clock.</param>
public sealed class Narrator(Func<long> roundTrips, IScreen screen, TimeProvider time)
{
    private readonly List<Step> _steps = [];
    private readonly List<string> _chapters = [];

    /// <summary>The steps that were taken.</summary>
    public IReadOnlyList<Step> Steps => _steps;

    /// <summary>The screen, for what is more than a step.</summary>
    public IScreen Screen => screen;

    /// <summary>Begins a chapter.</summary>
    public void Chapter(string title, string text)
    {
        _chapters.Add(title);
        screen.Chapter(_chapters.Count, title, text);
    }

    /// <summary>Takes a step.</summary>
    /// <param name="question">What it finds out.</param>
    /// <param name="call">The code, which is shown as it stands in the source.</param>
    /// <param name="tell">Makes the answer of what the code gives.</param>
    /// <param name="code">The compiler's copy of <paramref name="call"/>.</param>
    public async Task<T> StepAsync<T>(
        string question, Func<ValueTask<T>> call, Func<T, Answer> tell, [CallerArgumentExpression(nameof(call))] string code = "")
    {
        screen.Ask(question, SourceText.Tidy(code));
        var (start, trips) = (time.GetTimestamp(), roundTrips());
        var result = await call();
        Tell(question, tell(result), start, trips);
        return result;
    }

    /// <summary>Takes a step that gives nothing.</summary>
    public async Task StepAsync(string question, Func<ValueTask> call, Func<Answer> tell, [CallerArgumentExpression(nameof(call))] string code = "") =>
        await StepAsync(question, async () => { await call(); return true; }, _ => tell(), code);

    /// <summary>Takes a step that must be refused.</summary>
    public async Task<TError> RefusedAsync<TError>(string question, Func<ValueTask> call, [CallerArgumentExpression(nameof(call))] string code = "")
        where TError : Exception
    {
        screen.Ask(question, SourceText.Tidy(code));
        var (start, trips) = (time.GetTimestamp(), roundTrips());
        try
        {
            await call();
        }
        catch (TError error)
        {
            Tell(question, new RefusalAnswer(typeof(TError).Name, error.Message), start, trips);
            return error;
        }

        throw new InvalidOperationException($"'{question}' should have been refused.");
    }

    private void Tell(string question, Answer answer, long start, long trips)
    {
        var step = new Step(_chapters[^1], question, answer, time.GetElapsedTime(start), roundTrips() - trips);
        _steps.Add(step);
        screen.Tell(step);
    }
}
