namespace RedisPatterns.Testing;

/// <summary>The steps of a patch, and what they make of a ware.</summary>
/// <param name="Text">What they are, to be read in a failure.</param>
/// <param name="Steps">Adds them to a patch.</param>
/// <param name="Apply">Gives the ware that comes of them, or null where they do not fit.</param>
internal sealed record WarePatch(string Text, Action<Patch<Ware, WareModel>> Steps, Func<Ware, Ware?> Apply);
