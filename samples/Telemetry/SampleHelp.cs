namespace Telemetry;

/// <summary>What <c>--help</c> shows.</summary>
public static class SampleHelp
{
    public const string Text = """
        Telemetry: real weather and real flights as labelled time series with rules,
        charts of raw, weekly and monthly values, and the engines side by side, with
        RedisPatterns.

        Usage: dotnet run --project samples/Telemetry [-- OPTIONS]

          --redis CONNECTION   run on this server, such as localhost:6379 or
                               localhost:6379,password=...; in memory without it
          --keep               leave the data on the server, to look at it with redis-cli
          --help               this text

        On a server it uses the keys that begin with {telemetry}: and deletes them,
        before it begins and when it ends. It touches no other key.

        Exit codes: 0 done, 1 the server can not be reached or failed, 2 bad arguments.
        """;
}
