namespace RedisPatterns;

/// <summary>What a query asks for: a condition on one index, or several joined by <c>&amp;</c>, <c>|</c> and <c>!</c>.</summary>
/// <remarks>Made by the handles of a model, so that a query on something that is not indexed does not compile.</remarks>
/// <typeparam name="T">The type of the entities.</typeparam>
public abstract class Filter<T>
    where T : class
{
    private protected Filter(EntityModelBase<T> model) => Model = model;

    internal EntityModelBase<T> Model { get; }

    /// <summary>The filter as the query compiler takes it.</summary>
    internal virtual Filter<T> Reduced => this;

    /// <summary>The entities that both ask for.</summary>
    /// <param name="left">One filter.</param>
    /// <param name="right">The other.</param>
    public static Filter<T> operator &(Filter<T> left, Filter<T> right) => Join(left, right, isAnd: true);

    /// <summary>The entities that at least one asks for.</summary>
    /// <param name="left">One filter.</param>
    /// <param name="right">The other.</param>
    public static Filter<T> operator |(Filter<T> left, Filter<T> right) => Join(left, right, isAnd: false);

    /// <summary>The entities that it does not ask for.</summary>
    /// <param name="filter">The filter.</param>
    public static Filter<T> operator !(Filter<T> filter)
    {
        ArgumentNullException.ThrowIfNull(filter);
        return filter is NotFilter<T> not ? not.Inner : new NotFilter<T>(filter.Reduced);
    }

    internal static Filter<T> Everything(EntityModelBase<T> model) => new EverythingFilter<T>(model);

    private static JoinFilter<T> Join(Filter<T> left, Filter<T> right, bool isAnd)
    {
        ArgumentNullException.ThrowIfNull(left);
        ArgumentNullException.ThrowIfNull(right);
        return !ReferenceEquals(left.Model, right.Model)
            ? throw new ModelException($"{left.Model.Name}: a query joins filters of one model.")
            : new JoinFilter<T>(left.Reduced, right.Reduced, isAnd);
    }
}
