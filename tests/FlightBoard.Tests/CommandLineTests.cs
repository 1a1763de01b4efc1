using System.Diagnostics;
using Narration;

namespace FlightBoard.Tests;

public sealed class CommandLineTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public void Without_arguments_it_runs_in_memory()
    {
        Assert.True(SampleOptions.TryParse([], out var options, out _));
        Assert.Equal(new SampleOptions(), options);
    }

    [Fact]
    public void A_server_is_taken_with_its_options()
    {
        Assert.True(SampleOptions.TryParse(["--keep", "--redis", "localhost:6379,password=x"], out var options, out _));
        Assert.Equal(new SampleOptions("localhost:6379,password=x", Keep: true), options);
    }

    [Theory]
    [InlineData("'--fast' is no option.", "--fast")]
    [InlineData("--redis needs a connection, such as --redis localhost:6379.", "--redis")]
    [InlineData("--redis needs a connection, such as --redis localhost:6379.", "--redis", "--keep")]
    [InlineData("--keep needs --redis: what is in memory ends with the program.", "--keep")]
    public void Bad_arguments_are_told(string expected, params string[] args)
    {
        Assert.False(SampleOptions.TryParse(args, out _, out var error));
        Assert.Equal(expected, error);
    }

    [Fact]
    public async Task The_help_is_shown()
    {
        var (code, output, errors) = await RunAsync("--help");
        Assert.Equal((0, ""), (code, errors));
        Assert.StartsWith(SampleHelp.Text, output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--fast")]
    [InlineData("--redis", "localhost:port")]
    [InlineData("--redis", "localhost:6379,nosuchoption=1")]
    public async Task Bad_arguments_end_with_one_line_and_2(params string[] args)
    {
        var (code, output, errors) = await RunAsync(args);
        Assert.Equal((2, ""), (code, output));
        Assert.StartsWith("FlightBoard: ", Assert.Single(errors.TrimEnd().Split('\n')), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_out_of_reach_ends_with_one_line_and_1_and_no_password()
    {
        var (code, output, errors) = await RunAsync("--redis", "127.0.0.1:1,password=secret,connectTimeout=1000");
        Assert.Equal((1, ""), (code, output));
        var line = Assert.Single(errors.TrimEnd().Split('\n'));
        Assert.StartsWith("FlightBoard: the server at 127.0.0.1:1 can not be reached", line, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", line, StringComparison.Ordinal);
    }

    // The program itself, as it lies beside the tests.
    private static async Task<(int Code, string Output, string Errors)> RunAsync(params string[] args)
    {
        using var process = Process.Start(new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "FlightBoard.dll"), .. args])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        var output = process.StandardOutput.ReadToEndAsync(Cancellation);
        var errors = process.StandardError.ReadToEndAsync(Cancellation);
        await process.WaitForExitAsync(Cancellation);
        return (process.ExitCode, await output, await errors);
    }
}
