namespace RedisPatterns.Testing;

/// <summary>Makes sequences of steps from seeds.</summary>
/// <param name="recipes">What steps are made by.</param>
/// <param name="options">What is wanted.</param>
/// <param name="scripts">Whether both stores run scripts, without which no commit can be remembered.</param>
internal sealed class SequenceGenerator(RecipeBook recipes, DifferentialOptions options, bool scripts)
{
    private const int MostRepeats = 3;

    // One by one takes a round trip for each.
    private const int SinglePercent = 8;

    /// <summary>The sequence of a seed.</summary>
    /// <param name="seed">The seed.</param>
    /// <param name="pool">Its keys and values.</param>
    public Sequence Create(long seed, Pool pool)
    {
        var dice = new Dice(seed, pool);
        var sending = dice.Chance(SinglePercent) ? Sending.Single : dice.Chance(50) ? Sending.Typed : Sending.Raw;
        var batchPercent = !options.Batches || dice.Chance(50) ? 0 : dice.Between(1, 15);
        var scriptPercent = scripts && options.Scripts && dice.Chance(20) ? 3 : 0;
        var steps = new List<Step>();
        var remembered = new List<BatchStep>();
        for (var commands = 0; commands < options.SequenceLength;)
        {
            var step = dice.Chance(batchPercent) ? Batch(dice, remembered) : dice.Chance(scriptPercent) ? ScriptRecipes.Draw(dice) : recipes.Draw(dice);
            steps.Add(step);
            commands += step.Commands.Count();
        }

        return new(seed, pool, sending, steps);
    }

    private BatchStep Batch(Dice dice, List<BatchStep> remembered)
    {
        // A batch that is repeated must be the same one.
        if (remembered.Count > 0 && dice.Chance(10 * Math.Min(remembered.Count, MostRepeats)))
        {
            return dice.Pick([.. remembered]);
        }

        var conditions = dice.Chance(50) ? [] : dice.Some(1, 2, () => ConditionRecipes.Draw(dice));
        var commands = new List<DifferentialCommand>();
        for (var wanted = dice.Chance(50) ? 1 : dice.Between(2, 6); commands.Count < wanted;)
        {
            commands.AddRange(recipes.DrawForBatch(dice).Items);
        }

        var batch = new BatchStep(conditions, [.. commands]);
        if (scripts && remembered.Count < dice.Pool.Idempotency.Length && dice.Chance(20))
        {
            batch = batch with { IdempotencyKey = dice.Pool.Idempotency[remembered.Count] };
            remembered.Add(batch);
        }

        return batch;
    }
}
