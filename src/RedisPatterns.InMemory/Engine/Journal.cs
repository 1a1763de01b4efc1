namespace RedisPatterns.InMemory;

/// <summary>What was done, as steps that undo it: gives batches and scripts their all or nothing.</summary>
/// <remarks>One for each database. While it is not active, mutators record nothing and pay for one look at a flag.</remarks>
internal sealed class Journal
{
    private readonly List<UndoStep> _steps = [];
    private int _depth;

    /// <summary>Whether mutators must record how to undo what they do.</summary>
    public bool IsActive { get; private set; }

    /// <summary>Starts recording, or sets a savepoint when it is already under way.</summary>
    /// <returns>A mark for <see cref="Commit"/> or <see cref="Rollback"/>.</returns>
    public int Begin()
    {
        _depth++;
        IsActive = true;
        return _steps.Count;
    }

    /// <summary>Records how to undo a mutation. To be called only while active, before or after the mutation.</summary>
    public void Record(in UndoStep step) => _steps.Add(step);

    /// <summary>Keeps what was done since the last <see cref="Begin"/>.</summary>
    public void Commit() => End();

    /// <summary>Undoes what was done since a mark, last first.</summary>
    public void Rollback(int mark)
    {
        IsActive = false;
        for (var i = _steps.Count - 1; i >= mark; i--)
        {
            var step = _steps[i];
            step.Revert(step);
        }

        _steps.RemoveRange(mark, _steps.Count - mark);
        End();
    }

    private void End()
    {
        IsActive = --_depth > 0;
        if (!IsActive)
        {
            _steps.Clear();
        }
    }
}
