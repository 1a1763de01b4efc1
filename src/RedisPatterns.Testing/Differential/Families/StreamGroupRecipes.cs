using RedisPatterns.Commands;
using static RedisPatterns.Testing.Recipe;

namespace RedisPatterns.Testing;

/// <summary>Commands on the consumer groups of streams.</summary>
internal static class StreamGroupRecipes
{
    private static readonly TimeSpan Long = TimeSpan.FromHours(5);

    public static IReadOnlyList<Recipe> All { get; } =
    [
        For(d => Streams.CreateGroup(d.Key(KeyKind.Stream), Group(d), Position(d), d.Chance(50)), weight: 6),
        For(d => Streams.CreateGroup(d.Key(KeyKind.Stream), Group(d), Position(d), d.Chance(50), d.Between(0, 20)), weight: 1),
        For(d => Streams.SetGroupPosition(d.Key(KeyKind.Stream), Group(d), Position(d))),
        For(d => Streams.DestroyGroup(d.Key(KeyKind.Stream), Group(d)), weight: 1),
        For(d => Streams.CreateConsumer(d.Key(KeyKind.Stream), Group(d), Consumer(d)), weight: 1),
        For(d => Streams.DeleteConsumer(d.Key(KeyKind.Stream), Group(d), Consumer(d)), weight: 1),
        For(d => Streams.ReadGroup(d.Key(KeyKind.Stream), Group(d), Consumer(d), StreamRecipes.Count(d), d.Chance(20)), ReplyRule.Pairs, weight: 8),
        For(d => Streams.ReadGroup(Group(d), Consumer(d), StreamRecipes.Count(d), d.Chance(20), d.Some(1, 2, () => From(d))), ReplyRule.Pairs, weight: 4, inBatches: false),
        For(d => Streams.Acknowledge(d.Key(KeyKind.Stream), Group(d), d.Some(1, 3, d.Id)), weight: 3),
        For(d => Streams.Pending(d.Key(KeyKind.Stream), Group(d))),
        For(d => Streams.Pending(d.Key(KeyKind.Stream), Group(d), StreamRecipes.Range(d), d.Count()), ReplyRule.Pending),
        For(d => Streams.Pending(d.Key(KeyKind.Stream), Group(d), StreamRange.All, d.Count(), Consumer(d), Idle(d)), ReplyRule.Pending),
        For(d => Streams.Claim(d.Key(KeyKind.Stream), Group(d), Consumer(d), Idle(d), d.Some(1, 3, d.Id), Options(d)), weight: 4),
        For(d => Streams.ClaimIds(d.Key(KeyKind.Stream), Group(d), Consumer(d), Idle(d), d.Some(1, 3, d.Id), Options(d))),
        For(d => Streams.AutoClaim(d.Key(KeyKind.Stream), Group(d), Consumer(d), Idle(d), d.Id(), StreamRecipes.Count(d))),
        For(d => Streams.AutoClaimIds(d.Key(KeyKind.Stream), Group(d), Consumer(d), Idle(d), d.Id(), StreamRecipes.Count(d))),
        For(d => Streams.Groups(d.Key(KeyKind.Stream)), ReplyRule.Info),
        For(d => Streams.Consumers(d.Key(KeyKind.Stream), Group(d)), ReplyRule.Info),
    ];

    private static string Group(Dice dice) => dice.Pick(Pool.Groups);

    private static string Consumer(Dice dice) => dice.Pick(Pool.Consumers);

    private static StreamId? Position(Dice dice) => dice.Chance(30) ? null : dice.Id();

    private static StreamPosition From(Dice dice) => dice.Chance(50)
        ? StreamPosition.Undelivered(dice.Key(KeyKind.Stream))
        : StreamPosition.Behind(dice.Key(KeyKind.Stream), dice.Id());

    // Entries have been idle for about nothing, or for much longer than this.
    private static TimeSpan Idle(Dice dice) => dice.Chance(60) ? TimeSpan.Zero : TimeSpan.FromHours(2);

    private static StreamClaimOptions? Options(Dice dice) => dice.Chance(40) ? null : new()
    {
        Idle = dice.Chance(40) ? Long : null,
        DeliveryCount = dice.Chance(30) ? dice.Between(0, 5) : null,
        Force = dice.Chance(40),
        LastId = dice.Chance(20) ? dice.Id() : null,
    };
}
