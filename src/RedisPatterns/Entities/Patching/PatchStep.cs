namespace RedisPatterns;

/// <summary>One step of a patch, before it is known how it is carried out.</summary>
/// <param name="Kind">What it does.</param>
/// <param name="Field">The field.</param>
/// <param name="Text">The new text, the increment, or the items as JSON.</param>
/// <param name="Value">The new value, or the items.</param>
/// <param name="Range">Least and greatest value of an integer; empty for others.</param>
internal sealed record PatchStep<T>(PatchKind Kind, EntityField<T> Field, StoreValue Text, object? Value = null, string Range = "")
    where T : class;
