using System.Text;
using RedisPatterns;
using RedisPatterns.InMemory;
using RedisPatterns.StackExchangeRedis;
using Spectre.Console;

namespace Narration;

/// <summary>A sample as a program: reads the command line, opens store and screen, tells the story, and ends with a code.</summary>
/// <param name="name">The name of the sample.</param>
/// <param name="help">What <c>--help</c> shows.</param>
/// <param name="opening">The first sentence, given the place where it runs.</param>
/// <param name="tell">Tells the story; the last argument is whether the data stays.</param>
public sealed class SampleProgram(string name, string help, Func<string, string> opening, Func<IKeyValueStore, IScreen, bool, CancellationToken, Task> tell)
{
    private const int Failed = 1, BadArguments = 2, Cancelled = 130;

    /// <summary>Runs it.</summary>
    /// <param name="args">The command line.</param>
    /// <returns>The exit code.</returns>
    public async Task<int> RunAsync(IReadOnlyList<string> args)
    {
        if (!SampleOptions.TryParse(args, out var options, out var error))
        {
            return Fail(error + " Try --help.", BadArguments);
        }

        if (options.Help)
        {
            Console.WriteLine(help);
            return 0;
        }

        using var cancellation = new CancellationTokenSource();
        Console.CancelKeyPress += (_, pressed) =>
        {
            pressed.Cancel = true;
            cancellation.Cancel();
        };

        try
        {
            await using var store = await OpenAsync(options, cancellation.Token);
            var screen = OpenScreen();
            screen.Open(name, opening(Place(options, store)));
            await tell(store, screen, options.Keep, cancellation.Token);
            return 0;
        }
        catch (ArgumentException exception) when (exception.ParamName == "configuration")
        {
            return Fail("--redis can not be read: write host:port, then options, with commas in between.", BadArguments);
        }
        catch (StoreConnectionException exception)
        {
            return Fail($"the server at {Address(options)} can not be reached, or was lost. {exception.Message}", Failed);
        }
        catch (StoreException exception)
        {
            return Fail($"{exception.GetType().Name}: {exception.Message}", Failed);
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            return Fail("stopped.", Cancelled);
        }
    }

    private static async Task<IKeyValueStore> OpenAsync(SampleOptions options, CancellationToken cancellationToken) =>
        options.Redis is null ? new InMemoryKeyValueStore() : await RedisKeyValueStore.ConnectAsync(options.Redis, cancellationToken: cancellationToken);

    private static string Place(SampleOptions options, IKeyValueStore store) =>
        options.Redis is null
            ? "in memory (a round trip is then a call)"
            : $"on {store.Capabilities.Server} {store.Capabilities.Version} at {Address(options)}";

    // The connection string without its options, among which may be a password.
    private static string Address(SampleOptions options) => string.Join(',', options.Redis?.Split(',').Where(part => !part.Contains('=')) ?? []);

    private static IScreen OpenScreen()
    {
        Console.OutputEncoding = Encoding.UTF8;
        return Console.IsOutputRedirected || !AnsiConsole.Profile.Capabilities.Ansi ? new PlainScreen(Console.Out) : new RichScreen(AnsiConsole.Console);
    }

    private int Fail(string message, int code)
    {
        Console.Error.WriteLine($"{name}: {message}");
        return code;
    }
}
