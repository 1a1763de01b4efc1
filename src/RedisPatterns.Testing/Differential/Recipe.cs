namespace RedisPatterns.Testing;

/// <summary>How one kind of step is generated.</summary>
/// <param name="Make">Draws a step.</param>
/// <param name="Weight">How often it comes, compared with the others of its family.</param>
internal sealed record Recipe(Func<Dice, Step> Make, int Weight)
{
    /// <summary>Whether the commands may be part of a batch, if such commands may be at all.</summary>
    public bool InBatches { get; init; } = true;

    /// <summary>A recipe for one command.</summary>
    public static Recipe For(Func<Dice, StoreCommand> make, ReplyRule rule = ReplyRule.Exact, int weight = 2, bool inBatches = true) =>
        new(dice => new CommandStep(new DifferentialCommand(make(dice), rule)), weight) { InBatches = inBatches };

    /// <summary>A recipe for commands that belong together.</summary>
    public static Recipe ForGroup(Func<Dice, StoreCommand[]> make, int weight = 1) =>
        new(dice => new CommandStep([.. make(dice).Select(command => new DifferentialCommand(command, ReplyRule.Exact))]), weight);

    /// <summary>A recipe for a whole scan.</summary>
    public static Recipe ForScan(Func<Dice, Func<ulong, StoreCommand>> make, bool isPairs, int weight = 1) =>
        new(dice => new ScanStep(make(dice), isPairs), weight) { InBatches = false };
}
