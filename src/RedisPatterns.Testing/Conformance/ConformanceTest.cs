using System.Runtime.CompilerServices;

namespace RedisPatterns.Testing;

/// <summary>One test of a conformance suite.</summary>
public sealed class ConformanceTest
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);
    private readonly Func<ConformanceContext, Task> _run;

    /// <summary>Defines a test.</summary>
    /// <param name="run">The test: it throws when the store does not behave as promised.</param>
    /// <param name="requires">What the store must be able to do; without it the test is skipped.</param>
    /// <param name="name">The name: that of the method unless given.</param>
    public ConformanceTest(
        Func<ConformanceContext, Task> run,
        StoreFeatures requires = StoreFeatures.None,
        [CallerArgumentExpression(nameof(run))] string name = "")
    {
        ArgumentNullException.ThrowIfNull(run);
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        _run = run;
        Requires = requires;
        Name = name;
    }

    /// <summary>The name, a sentence with underscores.</summary>
    public string Name { get; }

    /// <summary>What the store must be able to do; without it the test is skipped.</summary>
    public StoreFeatures Requires { get; }

    /// <summary>Runs the test. Its keys are deleted from a store that is shared, unless it fails.</summary>
    /// <param name="fixture">The backend.</param>
    /// <param name="mode">How commands are sent.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>That it passed, or why it was skipped. A failure is thrown; so is a test that takes longer than a minute.</returns>
    /// <exception cref="ConformanceFailedException">The store does not behave as promised.</exception>
    public async Task<ConformanceOutcome> RunAsync(IStoreFixture fixture, SendMode mode = SendMode.Single, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(fixture);
        var lease = await fixture.RentAsync(cancellationToken).ConfigureAwait(false);
        await using (lease.ConfigureAwait(false))
        {
            var missing = Requires & ~lease.Store.Capabilities.Features;
            if (missing != StoreFeatures.None)
            {
                return new($"{fixture.Name} lacks {missing}");
            }

            using var ended = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            var context = new ConformanceContext(fixture.Name, lease, mode, ended.Token);
            try
            {
                var outcome = await RunAsync(context, cancellationToken).ConfigureAwait(false);
                if (lease.IsShared)
                {
                    await context.DeleteKeysAsync().ConfigureAwait(false);
                }

                return outcome;
            }
            finally
            {
                await ended.CancelAsync().ConfigureAwait(false);
            }
        }
    }

    private async Task<ConformanceOutcome> RunAsync(ConformanceContext context, CancellationToken cancellationToken)
    {
        try
        {
            await _run(context).WaitAsync(Patience, TimeProvider.System, cancellationToken).ConfigureAwait(false);
            return ConformanceOutcome.Passed;
        }
        catch (ConformanceSkippedException skipped)
        {
            return new(skipped.Message);
        }
    }

    /// <summary>The name.</summary>
    public override string ToString() => Name;

    /// <summary>The test, for entities in a layout.</summary>
    /// <param name="layout">The layout.</param>
    /// <param name="partitions">Over how many partitions they are spread; 1 for a keyspace of its own.</param>
    internal ConformanceTest On(EntityLayout layout, int partitions) => new(
        async context =>
        {
            context.Layout = layout;
            if (partitions > 1)
            {
                await context.SpreadAsync(partitions).ConfigureAwait(false);
            }

            await _run(context).ConfigureAwait(false);
        },
        Requires,
        Name);
}
