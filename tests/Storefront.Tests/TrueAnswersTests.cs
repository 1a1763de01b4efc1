using RedisPatterns;
using RedisPatterns.Commands;

namespace Storefront.Tests;

public sealed class TrueAnswersTests(InMemoryRun run)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public void Old_documents_are_read_by_the_new_model() =>
        Assert.Equal(["Profile { Id = ada, FullName = Ada Lovelace, Email = ada@example.com, City = London, Logins = 0 }"], run.Answer("Version 2 reads one"));

    [Fact]
    public void Fields_of_an_old_document_are_upgraded() => Assert.Equal(["Grace Hopper, Arlington"], run.Answer("Only some fields"));

    [Fact]
    public void A_patch_upgrades_one_document_and_leaves_the_other() => Assert.Equal(
        [
            "{storefront}:profile:ada  $v=2  city=Turin  email=ada@example.com  fullName=Ada Lovelace  id=ada  logins=2",
            "{storefront}:profile:grace  city=Arlington  email=grace@example.com  id=grace  name=Grace Hopper",
        ],
        run.Answer("The documents"));

    [Fact]
    public void Indexes_follow_patches() => Assert.Equal(
        [
            "{storefront}:idx:profile:city:Arlington  (grace)",
            "{storefront}:idx:profile:city:Turin  (ada)",
            "{storefront}:idx:profile:email  ada@example.com=ada  grace@example.com=grace",
        ],
        run.Answer("The indexes"));

    [Fact]
    public void Old_code_is_refused_on_documents_of_the_future()
    {
        Assert.StartsWith("SchemaVersionException", run.Answer("Version 1 reads what")[0], StringComparison.Ordinal);
        Assert.StartsWith("SchemaVersionException", run.Answer("Version 1 writes over")[0], StringComparison.Ordinal);
        Assert.Equal(["2 entities, 4 entries: no drift."], run.Answer("After all that"));
    }

    [Fact]
    public void A_session_is_used_ends_and_leaves_nothing()
    {
        Assert.Equal(["It is ada's, the one that was inserted: True."], run.Answer("A request comes"));
        Assert.Equal(["2"], run.Answer("Ada's active sessions, counted"));
        Assert.Equal(["The end was put off by 29 minutes."], run.Answer("29 minutes"));
        Assert.Equal(["By id: null, by token: null."], run.Answer("Nobody finds"));
        Assert.Equal(["1"], run.Answer("Ada's active sessions now"));
        Assert.Equal(["t-laptop is grace's."], run.Answer("The token is free"));
        Assert.StartsWith("{storefront}:idx:session ", Assert.Single(run.Answer("The night")), StringComparison.Ordinal);
    }

    [Fact]
    public void A_checkout_is_all_or_nothing()
    {
        Assert.Equal(["1 lamp", "1 mug"], run.Answer("Ada buys").Skip(1));
        Assert.Contains("{storefront}:stock:lamp  id=lamp  quantity=0  version=2", run.Answer("What is left"));
        Assert.DoesNotContain(run.Answer("What is left"), line => line.StartsWith("{storefront}:cart:c-ada", StringComparison.Ordinal));
        Assert.Equal(["100.00, 1 line, 54.00."], run.Answer("Write 0 was refused"));
        Assert.Equal(["No order."], run.Answer("She looks again"));
        Assert.Equal(["lamp: 0, version 2", "mug: 9, version 2"], run.Answer("So the stock"));
    }

    [Fact]
    public void A_stream_reads_one_version_to_its_end()
    {
        Assert.Equal(["The same bytes: True."], run.Answer("Read as a stream"));
        Assert.Equal(["He has read the old file to its end: True."], run.Answer("The file is replaced"));
        Assert.Equal(["True"], run.Answer("Who reads now"));
        Assert.Equal(["null, no exception."], run.Answer("Nothing to read"));
    }

    [Fact]
    public void A_change_over_two_stores_is_refused_before_anything_is_sent()
    {
        Assert.Equal(0, run.Step("A change can not be").RoundTrips);
        Assert.Equal(["1 order, 0 logins."], run.Answer("Nothing of it"));
    }

    [Fact]
    public void A_patch_is_one_round_trip()
    {
        Assert.Equal(1, run.Step("And again").RoundTrips);
        Assert.Equal(1, run.Step("She puts two things").RoundTrips);
        Assert.Equal(1, run.Step("Two mugs become one").RoundTrips);
        Assert.Equal(4, run.Step("29 minutes").RoundTrips);
        Assert.Equal(1, run.Step("Grace had seen").RoundTrips);
    }

    [Fact]
    public async Task A_run_leaves_nothing()
    {
        Assert.Equal(0, await run.Store.SendAsync(Keys.Count(), Cancellation));
        Assert.Equal(0, await run.Memory.SendAsync(Keys.Count(), Cancellation));
    }

    [Fact]
    public void Plain_lines_fit_a_screen_and_show_code_without_its_frame()
    {
        Assert.All(run.Output.Split('\n'), line => Assert.True(line.Length <= 180, line));
        Assert.DoesNotContain("cancellationToken", run.Output, StringComparison.Ordinal);
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
}
