using System.Text;
using FlightBoard;
using FlightBoard.Screen;
using RedisPatterns;
using RedisPatterns.InMemory;
using RedisPatterns.StackExchangeRedis;
using Spectre.Console;

const int Failed = 1, BadArguments = 2, Cancelled = 130;

if (!Options.TryParse(args, out var options, out var error))
{
    return Fail(error + " Try --help.", BadArguments);
}

if (options.Help)
{
    Console.WriteLine(Options.HelpText);
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
    await using var store = await OpenAsync();
    var screen = OpenScreen();
    screen.Open("FlightBoard", $"3,376 real airports and 10,000 real flights, {Place(store)}. The first use of anything takes longer: it is compiled.");
    await new Story(store, screen, TimeProvider.System).RunAsync(options.Keep, cancellation.Token);
    return 0;
}
catch (ArgumentException exception) when (exception.ParamName == "configuration")
{
    return Fail("--redis can not be read: write host:port, then options, with commas in between.", BadArguments);
}
catch (StoreConnectionException exception)
{
    return Fail($"the server at {Address()} can not be reached, or was lost. {exception.Message}", Failed);
}
catch (StoreException exception)
{
    return Fail($"{exception.GetType().Name}: {exception.Message}", Failed);
}
catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
{
    return Fail("stopped.", Cancelled);
}

async Task<IKeyValueStore> OpenAsync() =>
    options.Redis is null ? new InMemoryKeyValueStore() : await RedisKeyValueStore.ConnectAsync(options.Redis, cancellationToken: cancellation.Token);

string Place(IKeyValueStore store) =>
    options.Redis is null
        ? "in memory (a round trip is then a call)"
        : $"on {store.Capabilities.Server} {store.Capabilities.Version} at {Address()}";

// The connection string without its options, among which may be a password.
string Address() => string.Join(',', options.Redis?.Split(',').Where(part => !part.Contains('=')) ?? []);

static IScreen OpenScreen()
{
    Console.OutputEncoding = Encoding.UTF8;
    return Console.IsOutputRedirected || !AnsiConsole.Profile.Capabilities.Ansi ? new PlainScreen(Console.Out) : new RichScreen(AnsiConsole.Console);
}

static int Fail(string message, int code)
{
    Console.Error.WriteLine("FlightBoard: " + message);
    return code;
}
