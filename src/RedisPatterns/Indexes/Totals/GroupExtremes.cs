namespace RedisPatterns;

/// <summary>The least and the greatest value of the entities by group: <see cref="ExtremesIndex{T, TValue}"/>.</summary>
/// <remarks>A tuple is a group by several values; with a <see cref="DateOnly"/> in it, one by day.</remarks>
/// <typeparam name="T">The type of the entities.</typeparam>
/// <typeparam name="TGroup">The type of the groups.</typeparam>
/// <typeparam name="TValue">The type of the value.</typeparam>
public sealed class GroupExtremes<T, TGroup, TValue> : ExtremesIndex<T, TValue>
    where T : class
{
    private readonly Func<T, TGroup> _by;

    internal GroupExtremes(EntityModelBase<T> model, string name, Func<T, TValue> value, Func<T, TGroup> by, int revision, Func<T, bool>? when, IReadOnlyList<EntityField<T>>? from)
        : base(model, name, value, "s" + IndexSignature.Of<TValue>(), revision, when, from) => _by = by;

    /// <summary>What stands before the values of a group; null for no group.</summary>
    internal string? PrefixOfGroup(TGroup group) => IndexToken.Of(group, this) is { } token ? OrderedText.Of(token, descending: false, this) + OrderedText.Separator : null;

    private protected override string? PrefixOf(T entity) => PrefixOfGroup(_by(entity));
}
