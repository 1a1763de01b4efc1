using Narration;
using RedisPatterns;
using RedisPatterns.Commands;

namespace Checkout.Tests;

/// <summary>The sample as it is shown: the same on every store, true, and nothing is left.</summary>
public sealed class StoryTests(InMemoryRun inMemory, Stores stores)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(StoreKind.Redis)]
    [InlineData(StoreKind.Cluster)]
    [InlineData(StoreKind.Garnet)]
    public async Task A_server_gives_the_answers_of_memory_in_as_many_round_trips(StoreKind kind)
    {
        await using var store = await stores.OpenAsync(kind);
        await store.SetAsync("{checkout}", "not mine", cancellationToken: Cancellation);

        var steps = await new Story(store, new PlainScreen(TextWriter.Null), TimeProvider.System).RunAsync(cancellationToken: Cancellation);

        Assert.Equal(inMemory.Steps.SelectMany(Lines), steps.SelectMany(Lines));
        Assert.Equal(inMemory.Steps.Where(IsSteady).Select(Trips), steps.Where(IsSteady).Select(Trips));
        await foreach (var key in store.ScanKeysAsync("{checkout}*", cancellationToken: Cancellation))
        {
            Assert.Equal("{checkout}", key.ToString());
        }

        Assert.True(await store.DeleteAsync("{checkout}", Cancellation));
    }

    [Fact]
    public void Transfers_end_as_they_should()
    {
        Assert.Equal(["Done: ada has 750.00, grace has 450.00"], inMemory.Answer("Ada, who has"));
        Assert.Equal(["DoneBefore: ada has 750.00, grace has 450.00"], inMemory.Answer("The answer was lost"));
        Assert.Equal(["BelowMinimum: ada"], inMemory.Answer("Ada gives 650.01"));
        Assert.Equal(["ada: 790.00", "grace: 260.00", "linus: 250.00", "together: 1,300.00"], inMemory.Answer("All balances"));
    }

    [Fact]
    public void Reservations_end_as_they_should()
    {
        Assert.Equal(["Short: 2 are free."], inMemory.Answer("Grace wants three"));
        Assert.Equal(["2 available, 0 reserved, 3 sold, 5 came."], inMemory.Answer("Linus takes the last two"));
        Assert.Equal(["Gone: 0"], inMemory.Answer("He comes back"));
    }

    [Fact]
    public void Orders_and_carts_end_as_they_should()
    {
        Assert.Equal(["SoldOut: tray"], inMemory.Answer("Grace orders mugs, and a tray"));
        Assert.Equal(["8 available, 2 sold; best seller mug: 2"], inMemory.Answer("So there are eight"));
        Assert.Equal(["mug: 3"], inMemory.Answer("Two tabs"));
        Assert.Equal(["Placed: order o5 of 81.00"], inMemory.Answer("She buys"));
        Assert.Equal(["Empty"], inMemory.Answer("Her other tab"));
    }

    [Fact]
    public void A_storm_leaves_everything_right()
    {
        Assert.Equal(["25,000.00 of 25,000.00; the least is at least 100.00: True."], inMemory.Answer("All the money"));
        Assert.Equal(["True"], inMemory.Answer("The ledger has each transfer"));
    }

    [Fact]
    public async Task A_run_leaves_nothing() => Assert.Equal(0, await inMemory.Store.SendAsync(Keys.Count(), Cancellation));

    [Fact]
    public void Plain_lines_fit_a_screen_and_show_code_without_its_frame()
    {
        Assert.All(inMemory.Output.Split('\n'), line => Assert.True(line.Length <= 180, line));
        Assert.DoesNotContain("cancellationToken", inMemory.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void The_files_that_the_ending_names_exist()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "RedisPatterns.sln")))
        {
            folder = folder.Parent!;
        }

        Assert.All(Story.NamedFiles, file => Assert.True(Path.Exists(Path.Combine(folder.FullName, file)), file));
    }

    private static IEnumerable<string> Lines(Step step) => step.Answer.Lines.Prepend(step.Question);

    // How long a millisecond is, and which calls a storm strikes, differ from run to run.
    private static bool IsSteady(Step step) => !step.Question.StartsWith("Linus takes", StringComparison.Ordinal) && !step.Question.StartsWith("16 workers", StringComparison.Ordinal);

    private static (string, long) Trips(Step step) => (step.Question, step.RoundTrips);
}
