namespace RedisPatterns;

/// <summary>A query needs an index that is being built or is disabled, and would give a wrong answer. Nothing was read.</summary>
public sealed class IndexNotReadyException : EntityException
{
    /// <summary>The refusal.</summary>
    /// <param name="model">The name of the model.</param>
    /// <param name="index">The name of the index; empty for the list of the model's entities.</param>
    /// <param name="state">Its state.</param>
    public IndexNotReadyException(string model, string index, IndexState state)
        : base(model, $"{model}{(index.Length == 0 ? "" : "." + index)}: the index is {(state == IndexState.Disabled ? "disabled" : "being built")}; build the model's indexes before it is queried.") =>
        (Index, State) = (index, state);

    /// <summary>The name of the index; empty for the list of the model's entities.</summary>
    public string Index { get; }

    /// <summary>The state of the index.</summary>
    public IndexState State { get; }
}
