namespace RedisPatterns;

/// <summary>All entities.</summary>
internal sealed class EverythingFilter<T>(EntityModelBase<T> model) : Filter<T>(model)
    where T : class;
