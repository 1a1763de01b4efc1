using RedisPatterns.Commands;
using static RedisPatterns.Testing.Recipe;

namespace RedisPatterns.Testing;

/// <summary>Publishing, where nobody listens.</summary>
internal static class ChannelRecipes
{
    public static IReadOnlyList<Recipe> All { get; } = [For(d => Channels.Publish(d.Pool.Tag, d.Value()))];
}
