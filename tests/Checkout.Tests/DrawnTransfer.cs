using Checkout.Bank;

namespace Checkout.Tests;

/// <summary>Transfers that follow from a number: one, or every tenth time some together.</summary>
internal static class DrawnTransfer
{
    public const int Accounts = 100;

    public static string[] Names { get; } = [.. Enumerable.Range(0, Accounts).Select(i => $"a{i}")];

    public static Transfer[] Of(int number)
    {
        var dice = new Random(number);
        var drawn = new Transfer[dice.Next(10) == 0 ? dice.Next(2, 6) : 1];
        for (var i = 0; i < drawn.Length; i++)
        {
            var from = dice.Next(Accounts);
            drawn[i] = new(Names[from], Names[(from + dice.Next(1, Accounts)) % Accounts], dice.Next(1, 20_000));
        }

        return drawn;
    }
}
