namespace Narration;

/// <summary>Where the story is told: a terminal, a file or nowhere.</summary>
public interface IScreen
{
    /// <summary>The opening.</summary>
    void Open(string title, string text);

    /// <summary>A new chapter.</summary>
    void Chapter(int number, string title, string text);

    /// <summary>The question of a step, and the code that answers it.</summary>
    void Ask(string question, string code);

    /// <summary>The answer of a step, and what it took.</summary>
    void Tell(Step step);

    /// <summary>Work whose progress is shown.</summary>
    /// <param name="label">What is done.</param>
    /// <param name="total">How many times the work reports.</param>
    /// <param name="work">The work; it calls what it is given when one is done.</param>
    Task ProgressAsync(string label, int total, Func<Action, Task> work);

    /// <summary>The ending: what was seen, and where to read on.</summary>
    void Close(Answer summary, IReadOnlyList<string> seen, IReadOnlyList<string> readOn);
}
