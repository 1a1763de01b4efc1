using RedisPatterns.InMemory;

namespace RedisPatterns.StackExchangeRedis.Tests;

/// <summary>Runs sequences on a server and in memory, and tells where they differ.</summary>
internal sealed class EntityComparison(IKeyValueStore reference, string name, CancellationToken cancellation)
{
    /// <summary>Runs a sequence.</summary>
    /// <param name="sequence">The sequence.</param>
    /// <param name="afterEach">Whether the contents are compared after each step, rather than where it says so.</param>
    /// <param name="tally">Told of each outcome.</param>
    /// <returns>The number of steps up to the difference, and what differs; null when nothing does.</returns>
    public async Task<(int Steps, string What)?> RunAsync(EntitySequence sequence, bool afterEach, Action<EntityStep, string>? tally = null)
    {
        await using var memory = new InMemoryKeyValueStore();
        var expected = new EntitySide(reference, name, sequence.Variants, cancellation);
        var actual = new EntitySide(memory, name, sequence.Variants, cancellation);
        await expected.DeleteAllAsync();
        for (var i = 0; i < sequence.Steps.Count; i++)
        {
            var step = sequence.Steps[i];
            var outcomes = await Task.WhenAll(step.OutcomeAsync(expected), step.OutcomeAsync(actual));
            if (outcomes[0] != outcomes[1] || outcomes[0].StartsWith(EntityStep.FaultMark, StringComparison.Ordinal))
            {
                return (i + 1, $"the outcomes differ, or are faults\n  reference: {outcomes[0]}\n  subject:   {outcomes[1]}");
            }

            tally?.Invoke(step, outcomes[0]);
            if ((afterEach || step.Compares || i == sequence.Steps.Count - 1) && await ContentsDifferAsync(expected, actual) is { } difference)
            {
                return (i + 1, difference);
            }
        }

        return null;
    }

    public Task CleanAsync(EntitySequence sequence) => new EntitySide(reference, name, sequence.Variants, cancellation).DeleteAllAsync();

    private async Task<string?> ContentsDifferAsync(EntitySide expected, EntitySide actual)
    {
        var now = (double)TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds();
        return KeyspaceContents.Difference(
            await KeyspaceContents.ReadAsync(expected.Store, expected.Tag, now, cancellation),
            await KeyspaceContents.ReadAsync(actual.Store, actual.Tag, now, cancellation));
    }
}
