namespace RedisPatterns.Testing;

/// <summary>The recipes of the families.</summary>
internal sealed class RecipeBook
{
    private readonly Recipe[][] _families;
    private readonly Recipe[][] _inBatches;

    /// <summary>The recipes of some families; those with a command that a store lacks are left out.</summary>
    public RecipeBook(IReadOnlySet<CommandFamily>? families, Func<StoreCommand, bool> isSupported)
    {
        var missing = new SortedSet<string>(StringComparer.Ordinal);
        var dice = new Dice(0, new Pool("names"));
        Recipe[][] supported = [.. All.Where(family => families?.Contains(family.Key) != false).Select(family => family.Value.Where(IsSupported).ToArray())];
        _families = Weighted(supported, static _ => true);
        _inBatches = Weighted(supported, recipe => recipe.InBatches && recipe.Make(dice).Commands.All(IsFit));
        MissingCommands = missing;

        bool IsSupported(Recipe recipe)
        {
            var lacking = recipe.Make(dice).Commands.Where(command => !isSupported(command)).ToArray();
            missing.UnionWith(lacking.Select(command => command.Definition.Name));
            return lacking.Length == 0;
        }
    }

    /// <summary>The commands that were left out because a store lacks them.</summary>
    public IReadOnlyCollection<string> MissingCommands { get; }

    private static Dictionary<CommandFamily, IReadOnlyList<Recipe>> All { get; } = new()
    {
        [CommandFamily.Keys] = KeyRecipes.All,
        [CommandFamily.Strings] = StringRecipes.All,
        [CommandFamily.Hashes] = HashRecipes.All,
        [CommandFamily.Sets] = SetRecipes.All,
        [CommandFamily.SortedSets] = SortedSetRecipes.All,
        [CommandFamily.Lists] = ListRecipes.All,
        [CommandFamily.Streams] = StreamRecipes.All,
        [CommandFamily.HyperLogLogs] = HyperLogLogRecipes.All,
        [CommandFamily.Bits] = BitRecipes.All,
        [CommandFamily.Geo] = GeoRecipes.All,
        [CommandFamily.Channels] = ChannelRecipes.All,
    };

    /// <summary>Draws a step.</summary>
    public Step Draw(Dice dice) => dice.Pick(dice.Pick(_families)).Make(dice);

    /// <summary>Draws a step whose commands may be part of a batch.</summary>
    public CommandStep DrawForBatch(Dice dice) => (CommandStep)dice.Pick(dice.Pick(_inBatches)).Make(dice);

    private static Recipe[][] Weighted(Recipe[][] families, Func<Recipe, bool> isWanted) =>
        [.. families.Select(family => family.Where(isWanted).SelectMany(recipe => Enumerable.Repeat(recipe, recipe.Weight)).ToArray()).Where(family => family.Length > 0)];

    private static bool IsFit(StoreCommand command) =>
        (command.Definition.Traits & (CommandTraits.NotInBatch | CommandTraits.Keyless)) == 0;
}
