using System.Globalization;

namespace RedisPatterns;

/// <summary>How the adding of samples is remembered: a key for each of its steps, written in the step itself, with what became of its samples.</summary>
/// <remarks>
/// It is a condition and a command of the step rather than <see cref="AtomicBatch.RememberAs"/>, since a repeated step looks at what
/// the first has written, and so has other commands.
/// </remarks>
internal sealed class AddMemory(SeriesSet set, string operationId, TimeSpan lifetime)
{
    private readonly string _prefix = KeyGrammar.SeriesMemory(set.Keyspace.Tag, set.Name, operationId);

    /// <summary>The key of a step, counted from 0.</summary>
    public StoreKey KeyOf(int step) => _prefix + step.ToString(CultureInfo.InvariantCulture);

    /// <summary>Holds while the step was not done.</summary>
    public BatchCondition NotDone(int step) => BatchCondition.Absent(KeyOf(step));

    /// <summary>Keeps what became of the samples of a step.</summary>
    public StoreCommand Keep(int step, StepOutcome outcome) => Of(step, outcome).Command;

    /// <summary>The same for a script that keeps it itself.</summary>
    public StepMemory Of(int step, StepOutcome outcome) => new(KeyOf(step), outcome.ToString(), lifetime);

    /// <summary>What became of a step that was done before; null when it is not remembered any more. One round trip.</summary>
    /// <exception cref="IdempotencyConflictException">The id was used for other samples.</exception>
    public async ValueTask<StepOutcome?> RecallAsync(int step, int samples, CancellationToken cancellationToken)
    {
        var kept = await set.Store.SendAsync(Commands.Strings.Get(KeyOf(step)), cancellationToken).ConfigureAwait(false);
        if (kept.IsNull)
        {
            return null;
        }

        return StepOutcome.Parse(kept) is { } outcome && outcome.Samples == samples
            ? outcome
            : throw new IdempotencyConflictException($"{set.Name}: the id was used for other samples before; nothing more was written.");
    }
}
