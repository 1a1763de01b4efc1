namespace RedisPatterns.StackExchangeRedis.Tests;

/// <summary>What follows from the models of a sequence.</summary>
internal static class GadgetVariants
{
    /// <summary>Whose alone an address is that a model writes; null when other entities may have it too.</summary>
    /// <remarks>
    /// Of two models of the same entities, one without the index lets two entities have one address, and which of them gets
    /// the value when the other has both indexed at the same time is left open: one store does not do the same twice.
    /// </remarks>
    public static string? EmailOwner(this IReadOnlyList<GadgetVariant> variants, int place, string id) => variants[place].HasEmailIndex ? null : place switch
    {
        EntitySide.Main when variants[EntitySide.Older].HasEmailIndex => id,
        EntitySide.Older when variants[EntitySide.Main].HasEmailIndex => id,
        _ => null,
    };
}
