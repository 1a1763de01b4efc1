namespace RedisPatterns;

/// <summary>All entities.</summary>
internal sealed class EverythingFilter<T>(EntityModel<T> model) : Filter<T>(model)
    where T : class;
