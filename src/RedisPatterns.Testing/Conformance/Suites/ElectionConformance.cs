using System.Threading.Channels;
using RedisPatterns.Commands;

namespace RedisPatterns.Testing;

/// <summary>What every store with scripts promises about the election of a leader.</summary>
public sealed class ElectionConformance : ConformanceSuite
{
    private const StoreFeatures Needed = StoreFeatures.Scripts;
    private static readonly ElectionOptions Quick = new() { Term = new() { Rest = TimeSpan.FromMilliseconds(16) } };

    /// <inheritdoc/>
    public override IReadOnlyList<ConformanceTest> Tests { get; } =
    [
        new(One_leads_at_a_time_and_another_follows, Needed),
        new(One_who_resigns_may_lead_again, Needed),
        new(A_leader_that_was_overtaken_is_told_and_stands_again, Needed),
        new(A_term_that_is_not_renewed_ends, Needed),
        new(What_a_leader_throws_ends_its_run, Needed),
        new(A_failure_of_the_store_does_not_end_the_run, Needed),
        new(Any_text_names_a_candidate, Needed),
        new(Bad_input_is_refused, Needed),
    ];

    private static async Task One_leads_at_a_time_and_another_follows(ConformanceContext c)
    {
        var keyspace = c.Store.Keyspace(c.Tag);
        var (elected, runs) = (Channel.CreateUnbounded<(KeyspaceElection Election, long Token)>(), new Dictionary<KeyspaceElection, (CancellationTokenSource Stop, Task Run)>());
        Equal(null, await keyspace.Election("scheduler", "nobody").GetLeaderAsync(c.CancellationToken));
        for (var i = 0; i < 4; i++)
        {
            var election = keyspace.Election("scheduler", $"node-{i}", Quick);
            var stop = CancellationTokenSource.CreateLinkedTokenSource(c.CancellationToken);
            runs[election] = (stop, election.RunAsync(LeadUntilStoppedAsync(election, elected.Writer), stop.Token));
        }

        var last = 0L;
        while (runs.Count > 0)
        {
            var (leader, token) = await elected.Reader.ReadAsync(c.CancellationToken);
            True(token > last);
            last = token;
            Equal(leader.Candidate, await keyspace.Election("scheduler", "nobody").GetLeaderAsync(c.CancellationToken));
            Equal([leader], runs.Keys.Where(election => election.IsLeader));
            runs.Remove(leader, out var run);
            await run.Stop.CancelAsync();
            await ThrowsAsync<OperationCanceledException>(() => run.Run);
            run.Stop.Dispose();
            True(!leader.IsLeader);
        }

        Equal(null, await keyspace.Election("scheduler", "nobody").GetLeaderAsync(c.CancellationToken));
    }

    private static async Task One_who_resigns_may_lead_again(ConformanceContext c)
    {
        var election = c.Store.Keyspace(c.Tag).Election("scheduler", "node", Quick);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(c.CancellationToken);
        var terms = 0;
        await ThrowsAsync<OperationCanceledException>(() => election.RunAsync(
            async (lease, cancellationToken) =>
            {
                True(election.IsLeader && !cancellationToken.IsCancellationRequested);
                if (++terms == 3)
                {
                    await stop.CancelAsync();
                }
            },
            stop.Token));
        Equal((3, false), (terms, election.IsLeader));
    }

    private static async Task A_leader_that_was_overtaken_is_told_and_stands_again(ConformanceContext c)
    {
        var keyspace = c.Store.Keyspace(c.Tag);
        var notes = keyspace.Repository<Note, BareNoteModel>(new BareNoteModel(ConformanceLayouts.Document));
        var election = keyspace.Election("scheduler", "node", Quick);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(c.CancellationToken);
        var tokens = new List<long>();
        await ThrowsAsync<OperationCanceledException>(() => election.RunAsync(
            async (lease, cancellationToken) =>
            {
                tokens.Add(lease.FencingToken);
                await notes.GuardedBy(lease).UpsertAsync(new Note("n", "term " + tokens.Count, null), cancellationToken);
                if (tokens.Count == 1)
                {
                    // It stood still, and another has led meanwhile, and died.
                    await c.Store.SendAsync(Strings.Set($"{{{c.Tag}}}:leader:scheduler", $"another;1;{lease.FencingToken + 1};other"), cancellationToken);
                    await notes.GuardedBy(lease).UpsertAsync(new Note("n", "late", null), cancellationToken);
                    throw new InvalidOperationException("The write was not refused.");
                }

                await stop.CancelAsync();
            },
            stop.Token));
        True(tokens is [var first, var second] && second > first + 1);
        Equal("term 2", (await notes.GetAsync("n", c.CancellationToken))!.Text);
    }

    private static async Task A_term_that_is_not_renewed_ends(ConformanceContext c)
    {
        var options = new ElectionOptions { Term = new() { Rest = TimeSpan.FromMilliseconds(1), Renews = false, Lifetime = LockOptions.LeastLifetime } };
        var election = c.Store.Keyspace(c.Tag).Election("scheduler", "node", options);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(c.CancellationToken);
        var terms = 0;
        await ThrowsAsync<OperationCanceledException>(() => election.RunAsync(
            async (lease, cancellationToken) =>
            {
                if (++terms == 2)
                {
                    await stop.CancelAsync();
                }

                await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancellationToken);
            },
            stop.Token));
        Equal(2, terms);
    }

    private static async Task What_a_leader_throws_ends_its_run(ConformanceContext c)
    {
        var election = c.Store.Keyspace(c.Tag).Election("scheduler", "node", Quick);
        await ThrowsAsync<InvalidOperationException>(() => election.RunAsync(static (_, _) => throw new InvalidOperationException("It gives up."), c.CancellationToken));
        await ThrowsAsync<OperationCanceledException>(() => election.RunAsync(static (_, _) => throw new OperationCanceledException("Of its own accord."), c.CancellationToken));
        await ThrowsAsync<LeaseLostException>(() => election.RunAsync(static (_, _) => throw new LeaseLostException("other"), c.CancellationToken));
        True(!election.IsLeader);
        Equal(null, await election.GetLeaderAsync(c.CancellationToken));
    }

    private static async Task A_failure_of_the_store_does_not_end_the_run(ConformanceContext c)
    {
        var failures = 0;
        await using var chaos = new ChaosStore(
            c.Store,
            new ChaosOptions { Rules = [new ChaosRule { Fault = ChaosFault.AfterEffect, AtCall = 1 }, new ChaosRule { Fault = ChaosFault.BeforeSend, AtCall = 3 }, new ChaosRule { Fault = ChaosFault.AfterEffect, AtCall = 5 }] },
            ownsInner: false);
        var election = chaos.Keyspace(c.Tag).Election("scheduler", "node", new ElectionOptions { Term = Quick.Term, Failed = _ => failures++ });
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(c.CancellationToken);
        await ThrowsAsync<OperationCanceledException>(() => election.RunAsync((_, _) => stop.CancelAsync(), stop.Token));
        Equal(3, failures);
        Equal(null, await c.Store.Keyspace(c.Tag).Election("scheduler", "node").GetLeaderAsync(c.CancellationToken));
    }

    private static async Task Any_text_names_a_candidate(ConformanceContext c)
    {
        foreach (var candidate in (string[])[";", "a;b;7", "1;2;3;4", "line\nbreak", "nul\0nul", "naïve ☃ 🚀", new string('x', 500)])
        {
            var election = c.Store.Keyspace(c.Tag).Election("scheduler", candidate, new ElectionOptions { Term = new() { Renews = false } });
            using var stop = CancellationTokenSource.CreateLinkedTokenSource(c.CancellationToken);
            var seen = new List<string?>();
            await ThrowsAsync<OperationCanceledException>(() => election.RunAsync(
                async (lease, cancellationToken) =>
                {
                    seen.Add(await election.GetLeaderAsync(cancellationToken));
                    True(await lease.RenewAsync(cancellationToken));
                    seen.Add(await election.GetLeaderAsync(cancellationToken));
                    await stop.CancelAsync();
                },
                stop.Token));
            Equal([candidate, candidate], seen);
            Equal(null, await election.GetLeaderAsync(c.CancellationToken));
        }
    }

    private static async Task Bad_input_is_refused(ConformanceContext c)
    {
        var keyspace = c.Store.Keyspace(c.Tag);
        await ThrowsAsync<ModelException>(() => Task.FromResult(keyspace.Election("a/b", "node")));
        await ThrowsAsync<ArgumentException>(() => Task.FromResult(keyspace.Election("a", "")));
        await ThrowsAsync<ArgumentNullException>(() => keyspace.Election("a", "node").RunAsync(null!, c.CancellationToken));
    }

    private static Func<Lease, CancellationToken, Task> LeadUntilStoppedAsync(KeyspaceElection election, ChannelWriter<(KeyspaceElection Election, long Token)> elected) =>
        async (lease, cancellationToken) =>
        {
            await elected.WriteAsync((election, lease.FencingToken), cancellationToken);
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancellationToken);
        };
}
