namespace Checkout;

/// <summary>What <c>--help</c> shows.</summary>
public static class SampleHelp
{
    public const string Text = """
        Checkout: transfers, reservations, orders and carts that stay right when many
        use them at once and answers are lost, with RedisPatterns.

        Usage: dotnet run --project samples/Checkout [-- OPTIONS]

          --redis CONNECTION   run on this server, such as localhost:6379 or
                               localhost:6379,password=...; in memory without it
          --keep               leave the data on the server, to look at it with redis-cli
          --help               this text

        On a server it uses the keys that begin with {checkout}: and deletes them,
        before it begins and when it ends. It touches no other key.

        Exit codes: 0 done, 1 the server can not be reached or failed, 2 bad arguments.
        """;
}
