namespace RedisPatterns.StackExchangeRedis.Tests;

/// <summary>Makes sequences out of seeds: models, calls of repositories, and damage to what they have written.</summary>
internal static class EntitySequenceGenerator
{
    private const int ModelsOfMillion = 60;

    private static readonly int[] DamagePercent = [0, 0, 3, 12, 35];

    public static EntitySequence Create(long seed, int length)
    {
        var dice = new EntityDice(seed);
        var variants = Variants((seed % ModelsOfMillion) + (1_000 * (seed / 1_000_000)));
        var calls = new CallDrawing(dice, variants);
        var changes = new ChangeDrawing(dice, variants);
        var damages = new DamageDrawing(dice, variants);
        var damagePercent = dice.Pick(DamagePercent);
        var steps = new EntityStep[length];
        for (var i = 0; i < length; i++)
        {
            steps[i] = dice.Chance(damagePercent) ? damages.Draw() : dice.Chance(20) ? changes.Draw() : calls.Draw();
        }

        return new(seed, variants, steps);
    }

    // Each mix of models and verbs is a script that the server compiles, so a run does with not too many models.
    private static GadgetVariant[] Variants(long number)
    {
        var dice = new EntityDice(-1 - number);
        var main = Variant(dice, "gadget", (int)(number % 4));
        return
        [
            main,
            Variant(dice, "tool", dice.Next(4)),
            main with { Indexes = dice.Word<GadgetIndexes>(), HasVersion = dice.Chance(80) ? main.HasVersion : !main.HasVersion, Schema = dice.Chance(80) ? dice.Chance(50) ? GadgetSchema.First : GadgetSchema.FirstDeclared : GadgetSchema.FirstPreserving },
        ];
    }

    private static GadgetVariant Variant(EntityDice dice, string name, int layout) => new(
        name,
        layout switch
        {
            0 => EntityLayout.Document(),
            1 => EntityLayout.Hash,
            2 => EntityLayout.Attributes,
            _ => EntityLayout.Chunked(1_024, TimeSpan.FromHours(1)),
        },
        dice.Chance(75),
        dice.Chance(40) ? GadgetIndexes.OfFields : dice.Word<GadgetIndexes>(),
        dice.Chance(50) ? GadgetSchema.First : dice.Word<GadgetSchema>(),
        dice.Chance(40) ? GadgetExpiry.Never : dice.Word<GadgetExpiry>());
}
