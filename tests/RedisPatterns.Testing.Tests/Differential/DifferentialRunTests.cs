using System.Globalization;
using System.Text.RegularExpressions;
using RedisPatterns.Commands;
using RedisPatterns.InMemory;

namespace RedisPatterns.Testing.Tests;

public partial class DifferentialRunTests
{
    private static readonly DifferentialOptions Options = new()
    {
        Commands = 20_000,
        Families = new HashSet<CommandFamily> { CommandFamily.Keys, CommandFamily.Strings, CommandFamily.Hashes },
        Scripts = false,
    };

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Two_stores_of_a_kind_do_not_differ()
    {
        var report = await RunAsync(store => store, Options);

        Assert.Null(report.Difference);
        Assert.InRange(report.Commands, 20_000, 25_000);
        Assert.Equal(3, report.CommandsByFamily.Count);
        Assert.Equal(report.Commands, report.CommandsByName.Values.Sum());
        Assert.True(report.Errors > 100, report.ToString());
        Assert.True(report.Batches > 100 && report.RefusedBatches > 10 && report.ReplayedBatches > 10, report.ToString());
    }

    [Fact]
    public async Task The_same_seed_makes_the_same_commands()
    {
        var first = await RunAsync(store => store, Options with { Seed = 7 });
        var second = await RunAsync(store => store, Options with { Seed = 7, Workers = 1 });
        Assert.Equal(first.ToString(), second.ToString());
        Assert.NotEqual(first.ToString(), (await RunAsync(store => store, Options with { Seed = 1007 })).ToString());
    }

    [Fact]
    public async Task A_wrong_reply_is_found_cut_down_and_found_again_by_its_seed()
    {
        var report = await RunAsync(store => new Lying(store, lies: "HLEN"), Options);

        Assert.NotNull(report.Difference);
        Assert.InRange(StepLine().Count(report.Difference), 2, 4);
        Assert.Contains("there: HLEN", report.Difference, StringComparison.Ordinal);

        var seed = long.Parse(SeedText().Match(report.Difference).Groups[1].Value, CultureInfo.InvariantCulture);
        var again = await RunAsync(store => new Lying(store, lies: "HLEN"), Options with { Seed = seed, Commands = 1 });
        Assert.Contains("there: HLEN", again.Difference, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_was_not_written_is_found_in_the_contents()
    {
        var report = await RunAsync(store => new Lying(store, forgets: "PERSIST"), Options with { Families = new HashSet<CommandFamily> { CommandFamily.Strings, CommandFamily.Keys } });

        Assert.NotNull(report.Difference);
        Assert.InRange(StepLine().Count(report.Difference), 2, 4);
    }

    private static async Task<DifferentialReport> RunAsync(Func<IKeyValueStore, IKeyValueStore> decorate, DifferentialOptions options)
    {
        await using var reference = new InMemoryKeyValueStore();
        await using var subject = decorate(new InMemoryKeyValueStore());
        return await new DifferentialRun(reference, subject, options).RunAsync(Cancellation);
    }

    [GeneratedRegex("^(=>|  ) +\\d+\\. ", RegexOptions.Multiline)]
    private static partial Regex StepLine();

    [GeneratedRegex("sequence of seed (\\d+)")]
    private static partial Regex SeedText();

    /// <summary>A store with a bug: it miscounts from three on, or answers without doing anything.</summary>
    private sealed class Lying(IKeyValueStore inner, string? lies = null, string? forgets = null) : DelegatingKeyValueStore(inner)
    {
        public override async ValueTask SendAsync(StorePipeline pipeline, CancellationToken cancellationToken = default)
        {
            foreach (var pending in pipeline.Replies)
            {
                if (pending.Command.Definition.Name == forgets)
                {
                    pending.Complete(StoreReply.Integer(0));
                    continue;
                }

                var one = new StorePipeline();
                var place = one.Add(pending.Command);
                await Inner.SendAsync(one, cancellationToken);
                pending.CopyFrom(place);
                if (pending.Command.Definition.Name == lies && pending.IsSuccess && Number(place) >= 3)
                {
                    pending.Complete(StoreReply.Integer(Number(place) - 1));
                }
            }
        }

        private static long Number(PendingReply place) => place switch
        {
            PendingReply<long> number => number.Value,
            PendingReply<StoreReply> raw => raw.Value.Value.AsInt64(),
            _ => 0,
        };
    }
}
