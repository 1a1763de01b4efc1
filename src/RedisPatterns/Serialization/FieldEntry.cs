namespace RedisPatterns;

/// <summary>A member of a JSON object as a field.</summary>
/// <param name="Name">The member's name, without escapes.</param>
/// <param name="Text">Its value as <see cref="FieldText"/> has it.</param>
internal readonly record struct FieldEntry(string Name, StoreValue Text);
